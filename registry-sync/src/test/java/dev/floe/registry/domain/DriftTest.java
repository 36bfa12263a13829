package dev.floe.registry.domain;

import static dev.floe.kernel.Scenario.NOON;
import static dev.floe.registry.domain.Promoted.DIGEST;
import static dev.floe.registry.domain.Promoted.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.kernel.Scenario;
import dev.floe.manifest.Digest;
import dev.floe.registry.domain.RegistryCommand.AssignTags;
import dev.floe.registry.domain.RegistryCommand.RecordTagAssignment;
import dev.floe.registry.domain.RegistryCommand.RecordTagCheck;
import dev.floe.registry.domain.RegistryCommand.Tick;
import dev.floe.registry.domain.RegistryEvent.TagDriftDetected;
import dev.floe.registry.domain.RegistryEvent.TagDriftResolved;
import dev.floe.registry.domain.RegistryEvent.TagsAssigned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What comes of comparing registries with the log. */
@Requirement({"327.6", "330.8"})
class DriftTest {

  private static final Digest OTHER = Digest.parse("sha256:" + "b".repeat(64));
  private static final RegistryTarget A = new RegistryTarget("primary", "oci://127.0.0.1/prod");
  private static final String PLACE = "oci://127.0.0.1/prod/floe-platform";
  private static final String REF = PLACE + ":v1.2.3-prod";

  private static final Named NAMED = new Named(Map.of("prod", List.of(A)));

  private final Scenario<Ruled, Works, RegistryEvent> registry =
      Scenario.of(new RegistryDecider(), "floe-platform").by("ops@acme.com");
  private final Scenario<Ruled, Works, RegistryEvent> tagged =
      registry.givenDone(assign(2), set(2));

  @Test
  void a_tag_that_was_moved_is_told_with_the_way_to_set_it_back() {
    tagged
        .when(check(1, moved()))
        .then(
            new TagDriftDetected(
                "prod",
                "primary",
                REF,
                DriftKind.MOVED,
                DIGEST,
                OTHER,
                "It belongs to %s. Set it back: floe platform tag v1.2.3 prod".formatted(DIGEST)));
  }

  @Test
  void a_tag_that_the_log_does_not_know_came_past_the_gates() {
    String foreign = PLACE + ":v6.6.6-prod";
    tagged
        .when(check(1, new TagFinding("prod", "primary", foreign, DriftKind.FOREIGN, null, OTHER)))
        .then(
            new TagDriftDetected(
                "prod",
                "primary",
                foreign,
                DriftKind.FOREIGN,
                null,
                OTHER,
                "Delete that tag in the registry: versions enter prod only by promotion."));
  }

  @Test
  void the_same_difference_is_told_once() {
    tagged.givenDone(check(1, moved())).when(check(1, moved())).thenNothingNew();
  }

  @Test
  void a_difference_that_is_over_is_told_too() {
    tagged
        .givenDone(check(1, moved()))
        .when(check(1))
        .then(new TagDriftResolved("prod", "primary", REF, null));
    tagged.givenDone(check(1, moved()), check(1)).when(check(1)).thenNothingNew();
  }

  @Test
  @Requirement("327.4")
  void a_difference_is_over_when_the_tag_is_set_back() {
    tagged
        .givenDone(check(1, moved()), assign(3))
        .when(set(3))
        .then(
            new TagsAssigned(
                "req-1", 3, TagStage.ENVIRONMENT, VERSION, DIGEST, "staging", "prod", List.of(REF)),
            new TagDriftResolved("prod", "primary", REF, null));
    tagged.when(check(2)).thenNothingNew();
  }

  @Test
  void a_difference_is_over_when_the_registry_leaves_the_manifest() {
    var spare = new RegistryTarget("secondary", A.url());
    var elsewhere = new RegistryTarget(A.name(), A.url() + "uction");
    for (List<RegistryTarget> others :
        List.of(List.<RegistryTarget>of(), List.of(elsewhere, spare))) {
      var left = new Named(Map.of("prod", others));
      var differing = tagged.givenDone(check(1, moved())).when(ruled(new Tick()));
      differing.thenNothingNew();
      assertThat(differing.state().nextDue(left)).contains(Instant.EPOCH);

      var over = tagged.when(ruled(left, new Tick()));
      over.then(
          new TagDriftResolved(
              "prod",
              "primary",
              REF,
              "The manifest no longer lists a primary registry of prod that holds it."));
      assertThat(over.state().nextDue(left)).isEmpty();
    }
  }

  @Test
  void what_could_not_be_looked_at_is_not_over() {
    tagged
        .givenDone(check(1, moved()))
        .when(ruled(new RecordTagCheck(1, List.of(), List.of())))
        .thenNothingNew();
  }

  @Test
  void a_comparison_during_which_tags_were_set_shows_nothing() {
    tagged.when(check(0, moved())).thenNothingNew();
    tagged.givenDone(assign(3)).when(check(1, moved())).thenNothingNew();
  }

  @Test
  @Requirement("330.9")
  void people_may_ask_for_it_if_they_may_repair() {
    tagged.by("mallory@acme.com").when(check(1, moved())).thenRefused("not-authorised");
  }

  @Test
  void the_log_knows_which_registry_each_tag_is_in() {
    assertThat(tagged.when(check(1)).state().tags().tags())
        .containsEntry(REF, new TagBook.Entry("prod", "primary", VERSION, DIGEST));
  }

  private static TagFinding moved() {
    return new TagFinding("prod", "primary", REF, DriftKind.MOVED, DIGEST, OTHER);
  }

  private static Ruled check(int basis, TagFinding... findings) {
    return ruled(new RecordTagCheck(basis, List.of(PLACE), List.of(findings)));
  }

  private static Ruled assign(int intent) {
    return ruled(
        new AssignTags(
            "req-1",
            intent,
            TagStage.ENVIRONMENT,
            VERSION,
            DIGEST,
            "staging",
            "prod",
            List.of(A),
            List.of("v1.2.3-prod"),
            NOON.plus(Duration.ofMinutes(5))));
  }

  private static Ruled set(int intent) {
    return ruled(
        new RecordTagAssignment("req-1/" + intent, 1, true, List.of(REF), "", "", List.of()));
  }

  private static Ruled ruled(RegistryCommand command) {
    return ruled(NAMED, command);
  }

  private static Ruled ruled(RegistryRules rules, RegistryCommand command) {
    return new Ruled(rules, command);
  }
}
