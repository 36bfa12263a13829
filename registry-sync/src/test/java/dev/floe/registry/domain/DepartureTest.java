package dev.floe.registry.domain;

import static dev.floe.kernel.Scenario.NOON;
import static dev.floe.registry.domain.Promoted.A;
import static dev.floe.registry.domain.Promoted.B;
import static dev.floe.registry.domain.Promoted.DIGEST;
import static dev.floe.registry.domain.Promoted.ID;
import static dev.floe.registry.domain.Promoted.LATEST;
import static dev.floe.registry.domain.Promoted.RULES;
import static dev.floe.registry.domain.Promoted.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.kernel.Scenario;
import dev.floe.registry.domain.RegistryCommand.AssignTags;
import dev.floe.registry.domain.RegistryCommand.RecordCatchUp;
import dev.floe.registry.domain.RegistryCommand.RecordTagAssignment;
import dev.floe.registry.domain.RegistryCommand.Tick;
import dev.floe.registry.domain.RegistryEvent.CatchUpAbandoned;
import dev.floe.registry.domain.RegistryEvent.CatchUpStarted;
import dev.floe.registry.domain.RegistryEvent.RegistryFellBehind;
import dev.floe.registry.domain.RegistryEvent.TagsAssigned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes of a registry that is behind when the manifest no longer names it. */
@Requirement("337.4")
class DepartureTest {

  private static final Named WITHOUT_B = new Named(Map.of("staging", List.of(A)));
  private static final Named WITHOUT_STAGING = new Named(Map.of("quality", List.of(A, B)));
  private static final List<String> TAGS = List.of("v1.2.3-staging");

  private final Scenario<Ruled, Works, RegistryEvent> registry =
      Scenario.of(new RegistryDecider(), "floe-platform");

  /** It is tried again in ten seconds. */
  private final Scenario<Ruled, Works, RegistryEvent> behind =
      registry.givenDone(
          under(
              RULES,
              new AssignTags(
                  ID,
                  2,
                  TagStage.ENVIRONMENT,
                  VERSION,
                  DIGEST,
                  "dev",
                  "staging",
                  List.of(A, B),
                  TAGS,
                  LATEST)),
          under(
              RULES,
              new RecordTagAssignment(
                  ID + "/2",
                  1,
                  true,
                  List.of("oci://127.0.0.1/a/floe-platform:v1.2.3-staging"),
                  "",
                  "",
                  List.of(new TagTrouble("secondary", "registry-unreachable", "down")))));

  @Test
  void it_is_given_up_at_once_though_its_next_attempt_is_not_due() {
    var waiting = behind.when(tick(RULES));
    waiting.thenNothingNew();
    assertThat(waiting.state().nextDue(WITHOUT_B)).contains(Instant.EPOCH);

    var over = behind.when(tick(WITHOUT_B));
    over.then(abandoned(0));
    assertThat(over.state().nextDue(WITHOUT_B)).isEmpty();
  }

  @Test
  void it_is_given_up_with_its_environment() {
    behind.when(tick(WITHOUT_STAGING)).then(abandoned(0));
  }

  @Test
  void it_is_given_up_with_the_registry_that_it_was_to_get_the_version_from() {
    var other = new RegistryTarget("primary", "oci://127.0.0.1/c");
    behind
        .when(tick(new Named(Map.of("staging", List.of(other, B)))))
        .then(
            abandoned(
                0, "The manifest no longer lists oci://127.0.0.1/a as a registry of staging."));
  }

  @Test
  void it_is_given_up_once_and_never_tried_again() {
    behind.givenDone(tick(WITHOUT_B)).at(NOON.plusSeconds(60)).when(tick(RULES)).thenNothingNew();
  }

  @Test
  void an_attempt_that_is_under_way_ends_before_it_is_given_up() {
    var trying = behind.at(NOON.plusSeconds(10)).givenDone(tick(RULES));
    trying.when(tick(WITHOUT_B)).thenNothingNew();
    trying
        .givenDone(
            under(
                WITHOUT_B,
                new RecordCatchUp(
                    "catch-up/oci://127.0.0.1/b/v1.2.3", 1, false, List.of(), 0, "gone", "no")))
        .when(tick(WITHOUT_B))
        .then(abandoned(1));
  }

  @Test
  void one_that_changes_its_name_is_tried_on() {
    var renamed = new RegistryTarget("tertiary", B.url());
    var rules = new Named(Map.of("staging", List.of(A, renamed)));
    Instant due = NOON.plusSeconds(10);
    behind
        .at(due)
        .when(tick(rules))
        .then(
            new CatchUpStarted(
                ID,
                VERSION,
                DIGEST,
                "dev",
                "staging",
                A,
                B,
                TAGS,
                1,
                due.plus(Duration.ofHours(1))));
  }

  @Test
  @Requirement("327.4")
  void one_that_comes_back_gets_what_it_lacks_by_a_repair_of_tags() {
    behind
        .givenDone(tick(WITHOUT_B), repair())
        .when(
            under(
                RULES,
                new RecordTagAssignment(
                    "repair/2",
                    1,
                    true,
                    List.of(),
                    "",
                    "",
                    List.of(new TagTrouble("secondary", "tagging-failed", "not there")))))
        .then(
            new RegistryFellBehind(
                null,
                VERSION,
                DIGEST,
                null,
                "staging",
                A,
                B,
                TAGS,
                0,
                "tagging-failed",
                "not there",
                NOON.plusSeconds(10)),
            new TagsAssigned(
                null, 2, TagStage.ENVIRONMENT, VERSION, DIGEST, null, "staging", List.of()));
  }

  private static Ruled repair() {
    return under(
        RULES,
        new AssignTags(
            null,
            2,
            TagStage.ENVIRONMENT,
            VERSION,
            DIGEST,
            null,
            "staging",
            List.of(A, B),
            TAGS,
            LATEST));
  }

  private static CatchUpAbandoned abandoned(int attempt) {
    return abandoned(
        attempt, "The manifest no longer lists oci://127.0.0.1/b as a registry of staging.");
  }

  private static CatchUpAbandoned abandoned(int attempt, String why) {
    return new CatchUpAbandoned(ID, VERSION, DIGEST, "dev", "staging", B, attempt, why);
  }

  private static Ruled tick(Named rules) {
    return under(rules, new Tick());
  }

  private static Ruled under(Named rules, RegistryCommand command) {
    return new Ruled(rules, command);
  }
}
