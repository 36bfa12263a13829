package dev.floe.approval.domain;

import static dev.floe.approval.domain.Choice.APPROVE;
import static dev.floe.approval.domain.Choice.DENY;
import static dev.floe.kernel.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.approval.domain.ApprovalCommand.DecideApproval;
import dev.floe.approval.domain.ApprovalCommand.RequestApproval;
import dev.floe.approval.domain.ApprovalCommand.Tick;
import dev.floe.approval.domain.ApprovalCommand.WithdrawApproval;
import dev.floe.approval.domain.ApprovalEvent.ApprovalAttemptRefused;
import dev.floe.approval.domain.ApprovalEvent.ApprovalCompleted;
import dev.floe.approval.domain.ApprovalEvent.ApprovalDenied;
import dev.floe.approval.domain.ApprovalEvent.ApprovalExpired;
import dev.floe.approval.domain.ApprovalEvent.ApprovalGranted;
import dev.floe.approval.domain.ApprovalEvent.ApprovalRequested;
import dev.floe.approval.domain.ApprovalEvent.ApprovalWithdrawn;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Refusal;
import dev.floe.kernel.Requirement;
import dev.floe.kernel.Scenario;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ApprovalDeciderTest {

  private static final String ID = "req-1";
  private static final Version VERSION = Version.parse("v1.2.3");
  private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
  private static final Digest OTHER = Digest.parse("sha256:" + "b".repeat(64));
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Actor FLOE = Actor.system("approval-service");
  private static final String REQUESTER = "eve@acme.com";

  private static final Map<String, Set<String>> TEAMS =
      Map.of(
          "leads", Set.of("ada@acme.com", "ben@acme.com"),
          "security", Set.of("cleo@acme.com", "ada@acme.com"),
          "crew", Set.of("eve@acme.com"));

  private final Scenario<Ruled, Approvals, ApprovalEvent> approval =
      Scenario.of(new ApprovalDecider(), "floe-platform").by(REQUESTER);

  @Test
  @Requirement({"329.3", "329.5"})
  void a_request_stands_until_its_time_is_over() {
    approval.by(FLOE).when(ask(leads(1))).then(requested(leads(1)));
  }

  @Test
  void a_request_made_twice_stands_once() {
    approval.given(requested(leads(1))).by(FLOE).when(ask(leads(1))).thenNothingNew();
  }

  @Test
  void nobody_but_the_suite_itself_may_ask() {
    approval.by("ada@acme.com").when(ask(leads(1))).thenRefused("not-authorised");
  }

  @Nested
  class An_approval {

    @Test
    @Requirement({"329.2", "329.6"})
    void that_was_the_last_one_missing_completes_the_request() {
      approval
          .given(requested(leads(1)))
          .by("ben@acme.com")
          .when(say(APPROVE))
          .then(granted("leads", "ben@acme.com"), completed(given("leads", "ben@acme.com")));
    }

    @Test
    @Requirement({"329.1", "329.2"})
    void of_one_team_does_not_stand_for_another() {
      approval
          .given(requested(leads(1), security(1)))
          .by("ben@acme.com")
          .when(say(APPROVE))
          .then(granted("leads", "ben@acme.com"));
    }

    @Test
    void counts_for_the_team_that_can_spare_the_person_least() {
      approval
          .given(requested(leads(1), security(2)))
          .by("ada@acme.com")
          .when(say(APPROVE))
          .then(granted("security", "ada@acme.com"));
    }

    @Test
    void by_one_person_does_not_count_for_two_teams() {
      approval
          .given(requested(leads(1), security(1)), granted("security", "ada@acme.com"))
          .by("ada@acme.com")
          .when(say(APPROVE))
          .thenNothingNew();
    }

    @Test
    void by_one_person_counts_for_all_their_teams_where_duties_are_not_separated() {
      approval
          .given(unseparated(leads(1), security(1)))
          .by("ada@acme.com")
          .when(say(APPROVE))
          .then(
              granted("leads", "ada@acme.com"),
              granted("security", "ada@acme.com"),
              completed(given("leads", "ada@acme.com"), given("security", "ada@acme.com")));
    }

    @Test
    @Requirement("329.6")
    void may_not_come_from_the_requester() {
      approval
          .given(requested(new TeamQuorum("crew", 1)))
          .by(REQUESTER)
          .when(say(APPROVE))
          .thenRefused("separation-of-duties");
    }

    @Test
    void may_come_from_the_requester_where_duties_are_not_separated() {
      approval
          .given(unseparated(new TeamQuorum("crew", 1)))
          .by(REQUESTER)
          .when(say(APPROVE))
          .then(granted("crew", REQUESTER), completed(given("crew", REQUESTER)));
    }

    @Test
    void of_a_stranger_does_not_count() {
      approval
          .given(requested(leads(1)))
          .by("cleo@acme.com")
          .when(say(APPROVE))
          .thenRefused("not-authorised");
    }

    @Test
    void of_somebody_without_the_permission_does_not_count() {
      approval
          .given(requested(leads(1)))
          .by("mallory@acme.com")
          .when(say(APPROVE))
          .thenRefused("not-authorised");
    }

    @Test
    void of_another_digest_does_not_count() {
      approval
          .given(requested(leads(1)))
          .by("ada@acme.com")
          .when(ruled(new DecideApproval(ID, APPROVE, "", OTHER, "cli")))
          .thenRefused("digest-differs");
    }

    @Test
    void given_twice_counts_once() {
      approval
          .given(requested(leads(2)), granted("leads", "ada@acme.com"))
          .by("ada@acme.com")
          .when(say(APPROVE))
          .thenNothingNew();
    }

    @Test
    @Requirement("329.6")
    void of_a_team_that_has_approved_already_is_on_record_too() {
      approval
          .given(requested(leads(1), security(1)), granted("leads", "ada@acme.com"))
          .by("ben@acme.com")
          .when(say(APPROVE))
          .then(granted("leads", "ben@acme.com"));
    }

    @Test
    void of_the_requester_who_is_in_no_team_is_refused_as_theirs() {
      approval
          .given(requested(leads(1)))
          .by(REQUESTER)
          .when(say(APPROVE))
          .thenRefused("separation-of-duties");
    }

    @Test
    void that_comes_after_the_time_is_over_does_not_count() {
      approval
          .given(requested(leads(1)))
          .at(NOON.plus(WEEK))
          .by("ada@acme.com")
          .when(say(APPROVE))
          .thenRefused("approval-expired");
    }

    @Test
    void lists_every_reason_why_it_does_not_count() {
      approval
          .given(requested(new TeamQuorum("crew", 1)))
          .at(NOON.plus(WEEK))
          .by(REQUESTER)
          .when(ruled(new DecideApproval(ID, APPROVE, "", OTHER, "cli")))
          .thenRefused("separation-of-duties", "approval-expired", "digest-differs");
    }

    @Test
    void by_anybody_will_do_where_no_team_is_named() {
      TeamQuorum anybody = new TeamQuorum(TeamQuorum.ANYBODY, 1);
      approval
          .given(requested(anybody))
          .by("cleo@acme.com")
          .when(say(APPROVE))
          .then(granted("", "cleo@acme.com"), completed(given("", "cleo@acme.com")));
    }

    @Test
    void by_a_machine_does_not_stand_for_anybody() {
      approval
          .given(requested(new TeamQuorum(TeamQuorum.ANYBODY, 1)))
          .by(new Actor(Actor.Kind.SIGNER, "signer:ci", Set.of()))
          .when(say(APPROVE))
          .thenRefused("not-authorised");
    }
  }

  @Nested
  class A_denial {

    @Test
    @Requirement("329.2")
    void by_one_eligible_person_denies() {
      approval
          .given(requested(leads(1), security(1)))
          .by("cleo@acme.com")
          .when(ruled(new DecideApproval(ID, DENY, "not now", null, "cli")))
          .then(
              new ApprovalDenied(
                  ID,
                  VERSION,
                  DIGEST,
                  "staging",
                  "prod",
                  "security",
                  "cleo@acme.com",
                  "cli",
                  "not now"));
    }
  }

  /** Whatever ended it: strangers learn nothing, members learn how, when and by whom. */
  @Nested
  class A_decision_after_the_end {

    private static final Instant LATER = NOON.plusSeconds(60);

    @Test
    @Requirement({"329.5", "329.6"})
    void tells_who_approved_it_and_when() {
      assertThat(sentence("ben@acme.com", approve(), completedBy("ada@acme.com")))
          .isEqualTo(
              "'req-1' was approved at 2026-11-25T12:00:00Z by ada@acme.com (leads);"
                  + " no further decision counts.");
    }

    @Test
    void tells_who_denied_it_when_and_why() {
      assertThat(sentence("ada@acme.com", approve(), denied("not now")))
          .isEqualTo(
              "'req-1' was denied at 2026-11-25T12:00:00Z by ben@acme.com (leads): not now.");
    }

    @Test
    void tells_that_it_expired_and_whose_approval_was_missing() {
      assertThat(sentence("ada@acme.com", approve(), expired()))
          .isEqualTo(
              "'req-1' expired at 2026-12-02T12:00:00Z without the approval of leads (1 of 1).");
    }

    @Test
    void tells_why_it_was_withdrawn() {
      assertThat(sentence("ada@acme.com", approve(), withdrawn()))
          .isEqualTo(
              "'req-1' was withdrawn at 2026-11-25T12:00:00Z: eve@acme.com cancelled the"
                  + " promotion.");
    }

    @Test
    void is_refused_and_on_record_with_what_it_was_about() {
      Ruled said = say(DENY);
      var outcome = ended(completedBy("ada@acme.com")).by("ben@acme.com").when(said);

      outcome.thenRefused("approval-complete");
      assertThat(outcome.decision().facts())
          .singleElement()
          .isInstanceOfSatisfying(
              ApprovalAttemptRefused.class,
              attempt -> {
                assertThat(attempt.version()).isEqualTo(VERSION);
                assertThat(attempt.digest()).isEqualTo(DIGEST);
                assertThat(attempt.choice()).isEqualTo(DENY);
              });
    }

    @Test
    @Requirement("329.6")
    void of_a_stranger_is_refused_as_one_however_it_ended() {
      for (ApprovalEvent end : ends()) {
        ended(end).by("cleo@acme.com").when(approve()).thenRefused("not-authorised");
        ended(end).by("cleo@acme.com").when(say(DENY)).thenRefused("not-authorised");
        ended(end).by("mallory@acme.com").when(approve()).thenRefused("not-authorised");
      }
    }

    @Test
    void of_the_requester_is_refused_as_theirs_however_it_ended() {
      for (ApprovalEvent end : ends()) {
        ended(end).by(REQUESTER).when(approve()).thenRefused("separation-of-duties");
        ended(end).by(REQUESTER).when(say(DENY)).thenRefused("separation-of-duties");
      }
    }

    @Test
    void that_says_again_what_counted_changes_nothing() {
      ended(completedBy("ada@acme.com")).by("ada@acme.com").when(approve()).thenNothingNew();
      ended(denied("")).by("ben@acme.com").when(say(DENY)).thenNothingNew();
    }

    @Test
    void that_says_again_what_somebody_else_said_is_refused() {
      ended(completedBy("ada@acme.com"))
          .by("ben@acme.com")
          .when(approve())
          .thenRefused("approval-complete");
      ended(denied("")).by("ada@acme.com").when(say(DENY)).thenRefused("approval-denied");
    }

    private Ruled approve() {
      return say(APPROVE);
    }

    private List<ApprovalEvent> ends() {
      return List.of(completedBy("ada@acme.com"), denied("no"), expired(), withdrawn());
    }

    private Scenario<Ruled, Approvals, ApprovalEvent> ended(ApprovalEvent end) {
      var fresh = Scenario.of(new ApprovalDecider(), "floe-platform").given(requested(leads(1)));
      return end instanceof ApprovalCompleted
          ? fresh.given(granted("leads", "ada@acme.com"), end).at(LATER)
          : fresh.given(end).at(LATER);
    }

    private String sentence(String person, Ruled command, ApprovalEvent end) {
      var outcome = ended(end).by(person).when(command);
      return outcome.decision() instanceof Decision.Refused<ApprovalEvent> refused
          ? refused.because().getFirst().message()
          : outcome.decision().toString();
    }

    private ApprovalCompleted completedBy(String person) {
      return completed(given("leads", person));
    }

    private ApprovalDenied denied(String reason) {
      return new ApprovalDenied(
          ID, VERSION, DIGEST, "staging", "prod", "leads", "ben@acme.com", "cli", reason);
    }

    private ApprovalExpired expired() {
      return new ApprovalExpired(ID, VERSION, DIGEST, "staging", "prod");
    }

    private ApprovalWithdrawn withdrawn() {
      return new ApprovalWithdrawn(
          ID, VERSION, DIGEST, "staging", "prod", "eve@acme.com cancelled the promotion.");
    }
  }

  @Nested
  class Time {

    @Test
    @Requirement("329.7")
    void ends_what_nobody_decided() {
      approval
          .given(requested(leads(1)))
          .at(NOON.plus(WEEK))
          .by(FLOE)
          .when(ruled(new Tick()))
          .then(new ApprovalExpired(ID, VERSION, DIGEST, "staging", "prod"));
    }

    @Test
    void that_is_not_over_ends_nothing() {
      approval
          .given(requested(leads(1)))
          .at(NOON.plus(WEEK).minusMillis(1))
          .by(FLOE)
          .when(ruled(new Tick()))
          .thenNothingNew();
    }

    @Test
    @Requirement("329.7")
    void is_told_ahead_so_that_a_ticker_knows_when_to_come() {
      var outcome = approval.by(FLOE).when(ask(leads(1)));
      assertThat(outcome.state().nextDue()).contains(NOON.plus(WEEK));
    }
  }

  @Test
  @Requirement("329.5")
  void a_request_is_withdrawn_with_its_promotion() {
    approval
        .given(requested(leads(1)))
        .by(FLOE)
        .when(ruled(new WithdrawApproval(ID, "promotion cancelled")))
        .then(new ApprovalWithdrawn(ID, VERSION, DIGEST, "staging", "prod", "promotion cancelled"));
  }

  @Test
  void an_unknown_request_cannot_be_decided() {
    approval.by("ada@acme.com").when(say(APPROVE)).thenRefused("unknown-approval");
  }

  private static TeamQuorum leads(int required) {
    return new TeamQuorum("leads", required);
  }

  private static TeamQuorum security(int required) {
    return new TeamQuorum("security", required);
  }

  private static Ruled ask(TeamQuorum... teams) {
    return ruled(
        new RequestApproval(
            ID, VERSION, DIGEST, "staging", "prod", List.of(teams), true, REQUESTER, WEEK, 1));
  }

  private static ApprovalRequested requested(TeamQuorum... teams) {
    return request(true, teams);
  }

  private static ApprovalRequested unseparated(TeamQuorum... teams) {
    return request(false, teams);
  }

  private static ApprovalRequested request(boolean separated, TeamQuorum... teams) {
    return new ApprovalRequested(
        ID,
        VERSION,
        DIGEST,
        "staging",
        "prod",
        List.of(teams),
        separated,
        REQUESTER,
        NOON.plus(WEEK),
        1);
  }

  private static Ruled say(Choice choice) {
    return ruled(new DecideApproval(ID, choice, "", null, "cli"));
  }

  private static ApprovalGranted granted(String team, String by) {
    return new ApprovalGranted(ID, VERSION, DIGEST, "staging", "prod", team, by, "cli", "");
  }

  private static ApprovalCompleted completed(Approval... given) {
    return new ApprovalCompleted(
        ID, VERSION, DIGEST, "staging", "prod", List.of(given), NOON.plus(WEEK));
  }

  private static Approval given(String team, String by) {
    return new Approval(team, by, NOON, "cli");
  }

  private static Ruled ruled(ApprovalCommand command) {
    return new Ruled(
        new ApprovalRules() {
          @Override
          public Optional<Refusal> refuse(Actor actor, String environment) {
            return actor.name().startsWith("mallory")
                ? Optional.of(new Refusal("not-authorised", "no", ""))
                : Optional.empty();
          }

          @Override
          public Set<String> teamsOf(Actor actor) {
            return TEAMS.entrySet().stream()
                .filter(team -> team.getValue().contains(actor.name()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
          }

          @Override
          public Set<String> members(String team) {
            return TEAMS.getOrDefault(team, Set.of());
          }
        },
        command);
  }
}
