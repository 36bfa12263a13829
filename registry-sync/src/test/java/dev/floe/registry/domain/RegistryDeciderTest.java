package dev.floe.registry.domain;

import static dev.floe.registry.domain.Promoted.A;
import static dev.floe.registry.domain.Promoted.B;
import static dev.floe.registry.domain.Promoted.DEV;
import static dev.floe.registry.domain.Promoted.DIGEST;
import static dev.floe.registry.domain.Promoted.EVIDENCE;
import static dev.floe.registry.domain.Promoted.ID;
import static dev.floe.registry.domain.Promoted.LATEST;
import static dev.floe.registry.domain.Promoted.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.kernel.Scenario;
import dev.floe.registry.domain.RegistryCommand.AskToStore;
import dev.floe.registry.domain.RegistryCommand.AssignTags;
import dev.floe.registry.domain.RegistryCommand.CopyArtifact;
import dev.floe.registry.domain.RegistryCommand.RecordReplication;
import dev.floe.registry.domain.RegistryCommand.RecordStored;
import dev.floe.registry.domain.RegistryCommand.RecordTagAssignment;
import dev.floe.registry.domain.RegistryCommand.ResumeWork;
import dev.floe.registry.domain.RegistryCommand.Tick;
import dev.floe.registry.domain.RegistryEvent.ArtifactReplicated;
import dev.floe.registry.domain.RegistryEvent.ArtifactStored;
import dev.floe.registry.domain.RegistryEvent.IntentLapsed;
import dev.floe.registry.domain.RegistryEvent.ReplicationFailed;
import dev.floe.registry.domain.RegistryEvent.ReplicationStarted;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentFailed;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentStarted;
import dev.floe.registry.domain.RegistryEvent.TagsAssigned;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RegistryDeciderTest {

  private static final ReplicationResult IN_A =
      new ReplicationResult("primary", "127.0.0.1/a/floe-platform", true, 12, "", "");
  private static final ReplicationResult NOT_IN_A =
      new ReplicationResult(
          "primary", "127.0.0.1/a/floe-platform", false, 0, "registry-unreachable", "down");
  private static final ReplicationResult NOT_IN_B =
      new ReplicationResult(
          "secondary", "127.0.0.1/b/floe-platform", false, 3, "registry-unreachable", "down");

  private final Scenario<Ruled, Works, RegistryEvent> registry =
      Scenario.of(new RegistryDecider(), "floe-platform");

  @Nested
  class A_copy {

    @Test
    @Requirement("326.7")
    void begins_with_its_first_attempt() {
      registry.when(copy(A)).then(copying(1, A));
    }

    @Test
    void ordered_twice_is_made_once() {
      registry.givenDone(copy(A)).when(copy(A)).thenNothingNew();
    }

    @Test
    void ordered_again_after_its_end_is_not_made_again() {
      registry.givenDone(copy(A), copied(1, IN_A)).when(copy(A)).thenNothingNew();
    }

    @Test
    void ordered_too_late_is_not_made() {
      registry.at(LATEST.plusMillis(1)).when(copy(A)).then(lapsed());
    }

    @Test
    @Requirement({"337.3", "337.4"})
    void is_told_registry_by_registry_and_the_primary_decides() {
      registry
          .givenDone(copy(A, B))
          .when(copied(1, IN_A, NOT_IN_B))
          .then(replicated(null), failed(NOT_IN_B, new CopyVerdict(true, "", "")));
    }

    @Test
    @Requirement("337.3")
    void that_the_primary_does_not_hold_has_failed() {
      registry
          .givenDone(copy(A))
          .when(copied(1, NOT_IN_A))
          .then(failed(NOT_IN_A, new CopyVerdict(false, "registry-unreachable", "down")));
    }

    @Test
    void of_an_earlier_attempt_does_not_count() {
      registry
          .givenDone(copy(A), ruled(new ResumeWork(ID + "/1")))
          .when(copied(1, IN_A))
          .thenNothingNew();
    }

    @Test
    void begins_anew_when_its_worker_changes() {
      registry.givenDone(copy(A)).when(ruled(new ResumeWork(ID + "/1"))).then(copying(2, A));
    }

    @Test
    void does_not_begin_anew_after_its_time() {
      registry
          .givenDone(copy(A))
          .at(LATEST.plusMillis(1))
          .when(ruled(new ResumeWork(ID + "/1")))
          .then(lapsed());
    }

    @Test
    void that_never_ends_lapses() {
      registry.givenDone(copy(A)).at(LATEST.plusMillis(1)).when(ruled(new Tick())).then(lapsed());
    }

    @Test
    void says_ahead_when_it_lapses() {
      assertThat(registry.when(copy(A)).state().nextDue(Promoted.RULES)).contains(LATEST);
    }
  }

  @Nested
  class Tags {

    @Test
    @Requirement({"327.1", "327.2"})
    void are_assigned_in_the_order_given() {
      registry.when(assign(ID, "staging")).then(tagging(ID, "staging", 1));
    }

    @Test
    void that_are_set_end_the_work() {
      registry
          .givenDone(assign(ID, "staging"))
          .when(set(ID + "/2", 1, true))
          .then(
              new TagsAssigned(
                  ID, 2, TagStage.ENVIRONMENT, VERSION, DIGEST, "dev", "staging", List.of("ref")));
    }

    @Test
    void that_cannot_be_set_are_a_fact_too() {
      registry
          .givenDone(assign(ID, "staging"))
          .when(set(ID + "/2", 1, false))
          .then(
              new TagAssignmentFailed(
                  ID,
                  2,
                  TagStage.ENVIRONMENT,
                  VERSION,
                  DIGEST,
                  "dev",
                  "staging",
                  "immutable-tag",
                  "taken"));
    }

    @Test
    void of_a_publication_are_set_once_per_version() {
      registry
          .givenDone(assign(null, "dev"), set("publication/v1.2.3", 1, true))
          .when(assign(null, "dev"))
          .thenNothingNew();
    }

    @Test
    void of_a_publication_that_nobody_sets_have_failed() {
      registry
          .givenDone(assign(null, "dev"))
          .at(LATEST.plusMillis(1))
          .when(ruled(new Tick()))
          .then(
              new TagAssignmentFailed(
                  null,
                  2,
                  TagStage.ENVIRONMENT,
                  VERSION,
                  DIGEST,
                  null,
                  "dev",
                  "timed-out",
                  "The tags were not set in time."));
    }
  }

  @Nested
  class Storing {

    @Test
    void what_may_be_published_is_asked_first() {
      registry.when(ruled(new AskToStore(VERSION))).thenNothingNew();
    }

    @Test
    @Requirement("330.9")
    void is_refused_to_whoever_may_not_publish() {
      registry
          .by("mallory@acme.com")
          .when(ruled(new AskToStore(VERSION)))
          .thenRefused("not-authorised");
    }

    @Test
    void is_recorded_with_what_was_stored() {
      registry
          .when(ruled(new RecordStored(VERSION, DIGEST, "dev", "ref", 12, "type")))
          .then(new ArtifactStored(VERSION, DIGEST, "dev", "ref", 12, "type"));
    }
  }

  private static Ruled copy(RegistryTarget... targets) {
    return ruled(
        new CopyArtifact(
            ID, 1, VERSION, DIGEST, "dev", "staging", DEV, List.of(targets), LATEST, EVIDENCE));
  }

  private static Ruled copied(int attempt, ReplicationResult... results) {
    return ruled(new RecordReplication(ID, 1, attempt, List.of(results)));
  }

  private static ReplicationStarted copying(int attempt, RegistryTarget... targets) {
    return new ReplicationStarted(
        ID, 1, VERSION, DIGEST, "dev", "staging", DEV, List.of(targets), attempt, LATEST, EVIDENCE);
  }

  private static ArtifactReplicated replicated(@Nullable CopyVerdict verdict) {
    return new ArtifactReplicated(
        ID, 1, VERSION, DIGEST, "dev", "staging", "primary", IN_A.ref(), 12, verdict);
  }

  private static ReplicationFailed failed(ReplicationResult result, CopyVerdict verdict) {
    return new ReplicationFailed(
        ID,
        1,
        VERSION,
        DIGEST,
        "dev",
        "staging",
        result.registry(),
        result.ref(),
        result.trouble(),
        result.message(),
        verdict);
  }

  private static IntentLapsed lapsed() {
    return new IntentLapsed(ID, 1, VERSION, DIGEST, "dev", "staging");
  }

  private static Ruled assign(@Nullable String promotion, String environment) {
    return ruled(
        new AssignTags(
            promotion,
            2,
            TagStage.ENVIRONMENT,
            VERSION,
            DIGEST,
            promotion == null ? null : "dev",
            environment,
            List.of(A),
            List.of("v1.2.3-staging", "latest-staging"),
            LATEST));
  }

  private static TagAssignmentStarted tagging(String promotion, String environment, int attempt) {
    return new TagAssignmentStarted(
        promotion,
        2,
        TagStage.ENVIRONMENT,
        VERSION,
        DIGEST,
        "dev",
        environment,
        List.of(A),
        List.of("v1.2.3-staging", "latest-staging"),
        attempt,
        LATEST);
  }

  private static Ruled set(String work, int attempt, boolean assigned) {
    return ruled(
        new RecordTagAssignment(
            work,
            attempt,
            assigned,
            assigned ? List.of("ref") : List.of(),
            assigned ? "" : "immutable-tag",
            assigned ? "" : "taken",
            List.of()));
  }

  private static Ruled ruled(RegistryCommand command) {
    return new Ruled(Promoted.RULES, command);
  }
}
