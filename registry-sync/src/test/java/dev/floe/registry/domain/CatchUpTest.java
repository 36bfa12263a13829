package dev.floe.registry.domain;

import static dev.floe.kernel.Scenario.NOON;
import static dev.floe.registry.domain.Promoted.A;
import static dev.floe.registry.domain.Promoted.B;
import static dev.floe.registry.domain.Promoted.DEV;
import static dev.floe.registry.domain.Promoted.DIGEST;
import static dev.floe.registry.domain.Promoted.ID;
import static dev.floe.registry.domain.Promoted.LATEST;
import static dev.floe.registry.domain.Promoted.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.kernel.Scenario;
import dev.floe.registry.domain.RegistryCommand.AssignTags;
import dev.floe.registry.domain.RegistryCommand.CopyArtifact;
import dev.floe.registry.domain.RegistryCommand.RecordCatchUp;
import dev.floe.registry.domain.RegistryCommand.RecordReplication;
import dev.floe.registry.domain.RegistryCommand.RecordTagAssignment;
import dev.floe.registry.domain.RegistryCommand.ResumeWork;
import dev.floe.registry.domain.RegistryCommand.Tick;
import dev.floe.registry.domain.RegistryEvent.CatchUpStarted;
import dev.floe.registry.domain.RegistryEvent.RegistryCaughtUp;
import dev.floe.registry.domain.RegistryEvent.RegistryFellBehind;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentStarted;
import dev.floe.registry.domain.RegistryEvent.TagsAssigned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How registries beside the primary get what they lack. */
@Requirement("337.4")
class CatchUpTest {

  private static final List<String> TAGS = List.of("v1.2.3-staging", "latest-staging");
  private static final TagTrouble NOT_COPIED =
      new TagTrouble("secondary", "not-copied", "It does not have the artifact yet.");
  private static final TagTrouble DOWN =
      new TagTrouble("secondary", "registry-unreachable", "down");
  private static final String WORK = "catch-up/oci://127.0.0.1/b/v1.2.3";

  private final Scenario<Ruled, Works, RegistryEvent> registry =
      Scenario.of(new RegistryDecider(), "floe-platform");

  @Nested
  class A_registry_that_the_copy_did_not_reach {

    @Test
    void is_left_out_of_the_tags_and_tried_again() {
      registry
          .givenDone(copy(), copied(false))
          .when(assign(2, TagStage.ENVIRONMENT, TAGS))
          .then(tagging(2, TagStage.ENVIRONMENT, TAGS, A), behind(TAGS, 0, NOT_COPIED, NOON));
    }

    @Test
    void gets_the_release_tag_later_too() {
      registry
          .givenDone(
              copy(), copied(false), assign(2, TagStage.ENVIRONMENT, TAGS), tagged(2, List.of()))
          .when(assign(3, TagStage.RELEASE, List.of("v1.2.3")))
          .then(
              tagging(3, TagStage.RELEASE, List.of("v1.2.3"), A),
              behind(List.of("v1.2.3-staging", "latest-staging", "v1.2.3"), 0, NOT_COPIED, NOON));
    }

    @Test
    void gets_all_its_tags_when_the_release_tag_comes_while_it_is_tried() {
      registry
          .givenDone(
              copy(),
              copied(false),
              assign(2, TagStage.ENVIRONMENT, TAGS),
              tagged(2, List.of()),
              ruled(new Tick()))
          .when(assign(3, TagStage.RELEASE, List.of("v1.2.3")))
          .then(
              tagging(3, TagStage.RELEASE, List.of("v1.2.3"), A),
              behind(List.of("v1.2.3-staging", "latest-staging", "v1.2.3"), 1, NOT_COPIED, NOON));
    }

    @Test
    void is_not_up_to_date_by_an_attempt_from_before_the_release_tag() {
      registry
          .givenDone(
              copy(),
              copied(false),
              assign(2, TagStage.ENVIRONMENT, TAGS),
              tagged(2, List.of()),
              ruled(new Tick()),
              assign(3, TagStage.RELEASE, List.of("v1.2.3")),
              ruled(new Tick()))
          .when(caughtUp(1, true))
          .thenNothingNew();
    }

    @Test
    void gets_the_release_tag_with_all_others_once_it_has_caught_up() {
      registry
          .givenDone(
              copy(),
              copied(false),
              assign(2, TagStage.ENVIRONMENT, TAGS),
              tagged(2, List.of()),
              ruled(new Tick()),
              caughtUp(1, true))
          .when(assign(3, TagStage.RELEASE, List.of("v1.2.3")))
          .then(tagging(3, TagStage.RELEASE, List.of("v1.2.3"), A, B));
    }
  }

  @Test
  void a_registry_that_cannot_be_tagged_does_not_undo_the_primary() {
    registry
        .givenDone(copy(), copied(true), assign(2, TagStage.ENVIRONMENT, TAGS))
        .when(tagged(2, List.of(DOWN)))
        .then(
            behind(TAGS, 0, DOWN, NOON.plusSeconds(10)),
            new TagsAssigned(
                ID,
                2,
                TagStage.ENVIRONMENT,
                VERSION,
                DIGEST,
                "dev",
                "staging",
                List.of("oci://127.0.0.1/a/floe-platform:v1.2.3-staging")));
  }

  @Test
  void a_publication_goes_to_the_primary_and_from_there_to_the_others() {
    registry
        .when(publication())
        .then(
            new TagAssignmentStarted(
                null,
                1,
                TagStage.ENVIRONMENT,
                VERSION,
                DIGEST,
                null,
                "dev",
                List.of(A),
                List.of("v1.2.3-dev"),
                1,
                LATEST),
            new RegistryFellBehind(
                null,
                VERSION,
                DIGEST,
                null,
                "dev",
                A,
                B,
                List.of("v1.2.3-dev"),
                0,
                NOT_COPIED.trouble(),
                NOT_COPIED.message(),
                NOON));
  }

  @Nested
  class An_attempt_to_catch_up {

    private final Scenario<Ruled, Works, RegistryEvent> behind =
        registry.givenDone(
            copy(), copied(false), assign(2, TagStage.ENVIRONMENT, TAGS), tagged(2, List.of()));

    @Test
    void begins_when_it_is_due_and_takes_from_the_primary() {
      behind.when(ruled(new Tick())).then(started(1, NOON.plus(Duration.ofHours(1))));
    }

    @Test
    void is_not_begun_twice() {
      behind.givenDone(ruled(new Tick())).when(ruled(new Tick())).thenNothingNew();
    }

    @Test
    void that_succeeds_ends_it() {
      behind
          .givenDone(ruled(new Tick()))
          .when(caughtUp(1, true))
          .then(
              new RegistryCaughtUp(
                  ID, VERSION, DIGEST, "dev", "staging", B, List.of("oci://127.0.0.1/b/f:t"), 7));
      assertThat(
              behind
                  .givenDone(caughtUp(1, true))
                  .when(ruled(new Tick()))
                  .state()
                  .nextDue(Promoted.RULES))
          .isEmpty();
    }

    @Test
    void that_fails_is_repeated_ever_more_seldom() {
      behind
          .givenDone(ruled(new Tick()))
          .when(caughtUp(1, false))
          .then(behind(TAGS, 1, DOWN, NOON.plusSeconds(20)));
      assertThat(CatchUps.pause(3)).isEqualTo(Duration.ofSeconds(80));
      assertThat(CatchUps.pause(500)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void of_an_earlier_owner_does_not_count() {
      behind
          .givenDone(ruled(new Tick()), ruled(new ResumeWork(WORK)))
          .when(caughtUp(1, true))
          .thenNothingNew();
    }

    @Test
    void begins_anew_when_its_worker_changes() {
      behind
          .givenDone(ruled(new Tick()))
          .when(ruled(new ResumeWork(WORK)))
          .then(started(2, NOON.plus(Duration.ofHours(1))));
    }

    @Test
    void that_never_ends_is_repeated() {
      Instant late = NOON.plus(Duration.ofHours(2));
      behind
          .givenDone(ruled(new Tick()))
          .at(late)
          .when(ruled(new Tick()))
          .then(
              behind(
                  TAGS,
                  1,
                  new TagTrouble("secondary", "timed-out", "The attempt did not end in time."),
                  late.plusSeconds(20)));
    }
  }

  private static Ruled copy() {
    return ruled(
        new CopyArtifact(
            ID, 1, VERSION, DIGEST, "dev", "staging", DEV, List.of(A, B), LATEST, null));
  }

  private static Ruled copied(boolean both) {
    return ruled(
        new RecordReplication(
            ID,
            1,
            1,
            List.of(
                new ReplicationResult("primary", "a", true, 12, "", ""),
                both
                    ? new ReplicationResult("secondary", "b", true, 12, "", "")
                    : new ReplicationResult("secondary", "b", false, 0, "copy-failed", "no"))));
  }

  private static Ruled assign(int intent, TagStage stage, List<String> tags) {
    return ruled(
        new AssignTags(
            ID, intent, stage, VERSION, DIGEST, "dev", "staging", List.of(A, B), tags, LATEST));
  }

  private static Ruled publication() {
    return ruled(
        new AssignTags(
            null,
            1,
            TagStage.ENVIRONMENT,
            VERSION,
            DIGEST,
            null,
            "dev",
            List.of(A, B),
            List.of("v1.2.3-dev"),
            LATEST));
  }

  private static TagAssignmentStarted tagging(
      int intent, TagStage stage, List<String> tags, RegistryTarget... targets) {
    return new TagAssignmentStarted(
        ID, intent, stage, VERSION, DIGEST, "dev", "staging", List.of(targets), tags, 1, LATEST);
  }

  private static Ruled tagged(int intent, List<TagTrouble> behind) {
    return ruled(
        new RecordTagAssignment(
            ID + "/" + intent,
            1,
            true,
            List.of("oci://127.0.0.1/a/floe-platform:v1.2.3-staging"),
            "",
            "",
            behind));
  }

  private static Ruled caughtUp(int attempt, boolean done) {
    return ruled(
        done
            ? new RecordCatchUp(WORK, attempt, true, List.of("oci://127.0.0.1/b/f:t"), 7, "", "")
            : new RecordCatchUp(
                WORK, attempt, false, List.of(), 0, DOWN.trouble(), DOWN.message()));
  }

  private static RegistryFellBehind behind(
      List<String> tags, int attempt, TagTrouble why, Instant next) {
    return new RegistryFellBehind(
        ID,
        VERSION,
        DIGEST,
        "dev",
        "staging",
        A,
        B,
        tags,
        attempt,
        why.trouble(),
        why.message(),
        next);
  }

  private static CatchUpStarted started(int attempt, Instant actBefore) {
    return new CatchUpStarted(
        ID, VERSION, DIGEST, "dev", "staging", A, B, TAGS, attempt, actBefore);
  }

  private static Ruled ruled(RegistryCommand command) {
    return new Ruled(Promoted.RULES, command);
  }
}
