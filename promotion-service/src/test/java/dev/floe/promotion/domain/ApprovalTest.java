package dev.floe.promotion.domain;

import static dev.floe.promotion.domain.Line.ask;
import static dev.floe.promotion.domain.Line.digest;
import static dev.floe.promotion.domain.Line.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Version;
import dev.floe.promotion.domain.message.Approval;
import dev.floe.promotion.domain.message.ApprovalOutcome;
import dev.floe.promotion.domain.message.ApprovalRules;
import dev.floe.promotion.domain.message.PromotionCommand.RecordApproval;
import dev.floe.promotion.domain.message.PromotionCommand.Tick;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionApproved;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionFailed;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionQueued;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRefused;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionStarted;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationPassed;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationStarted;
import dev.floe.promotion.domain.message.TeamQuorum;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ApprovalTest {

  private final Line line =
      Line.under(Manifests.threeSteps()).published("v1.2.3").promoted("v1.2.3", "staging");

  @Test
  @Requirement({"326.4", "329.1"})
  void is_asked_for_before_any_gate_runs() {
    var refused = line.when(ask("v1.2.3", "prod")).refused("approval-needed");

    assertThat(refused.firstReason().owner()).isEqualTo("platform-leads, security");
    assertThat(refused.firstReason().remedy()).contains("--request-approval");
  }

  @Test
  @Requirement({"329.1", "329.2", "329.8"})
  void is_awaited_once_the_gates_have_passed() {
    String id = line.requested(ask("v1.2.3", "prod").requestingApproval());

    line.when(passed(id, 1))
        .outcome()
        .then(
            new ValidationPassed(
                id,
                1,
                Version.parse("v1.2.3"),
                digest("v1.2.3"),
                "staging",
                "prod",
                new ApprovalRules(
                    List.of(new TeamQuorum("platform-leads", 1), new TeamQuorum("security", 1)),
                    Duration.ofDays(7),
                    true),
                "dana@acme.com",
                1));
  }

  @Test
  @Requirement("329.8")
  void that_is_pending_is_what_promoting_again_points_to() {
    String id = line.awaiting("v1.2.3");
    var refused = line.when(ask("v1.2.3", "prod")).refused("approval-pending");

    assertThat(refused.firstReason().owner()).isEqualTo(id);
    assertThat(refused.the(PromotionRefused.class).promotion()).isNotEqualTo(id);
  }

  @Test
  @Requirement("329.8")
  void lets_the_next_promote_go_on() {
    String id = line.awaiting("v1.2.3");
    line.when(line.approval(id)).happens(PromotionApproved.class);

    var started = line.when(ask("v1.2.3", "prod")).happens(PromotionStarted.class);
    assertThat(started.the(PromotionStarted.class).promotion()).isEqualTo(id);
    assertThat(started.the(PromotionStarted.class).decisions()).isEqualTo(line.bothTeams());
  }

  @Test
  @Requirement("329.8")
  void is_used_only_once() {
    String id = line.approved("v1.2.3");
    line.when(ask("v1.2.3", "prod")).happens(PromotionStarted.class);

    line.when(ask("v1.2.3", "prod")).changesNothing();
    line.when(line.approval(id)).changesNothing();
  }

  @Test
  void goes_on_by_itself_where_the_environment_says_so() {
    Line proceeding =
        Line.under(
                Manifests.with(
                    "    require_approval: true",
                    "    require_approval: true\n    on_approval: proceed"))
            .published("v1.2.3")
            .promoted("v1.2.3", "staging");
    String id = proceeding.awaiting("v1.2.3");

    proceeding
        .when(proceeding.approval(id))
        .happens(PromotionApproved.class, PromotionStarted.class);
  }

  @Test
  void queues_where_the_slot_is_busy() {
    line.published("v1.2.4").promoted("v1.2.4", "staging");
    line.approved("v1.2.3");
    line.requested(ask("v1.2.4", "prod").requestingApproval());

    line.when(ask("v1.2.3", "prod")).happens(PromotionQueued.class);
  }

  @Nested
  class That_is_not_given {

    private final String id = line.awaiting("v1.2.3");

    @Test
    @Requirement("329.2")
    void ends_the_promotion_with_who_and_why() {
      var denied = end(ApprovalOutcome.DENIED, "cleo@acme.com", "not on a Friday");

      assertThat(denied.cause()).isEqualTo("approval-denied");
      assertThat(denied.by()).isEqualTo("cleo@acme.com");
      assertThat(denied.message())
          .isEqualTo(
              "The approval of v1.2.3 for prod was denied by cleo@acme.com: not on a Friday");
    }

    @Test
    @Requirement("329.7")
    void in_time_ends_the_promotion() {
      assertThat(end(ApprovalOutcome.EXPIRED, "", "").cause()).isEqualTo("approval-expired");
    }

    @Test
    void because_it_was_taken_back_ends_the_promotion() {
      assertThat(end(ApprovalOutcome.WITHDRAWN, "", "").cause()).isEqualTo("approval-withdrawn");
    }

    @Test
    @Requirement("329.8")
    void leaves_room_for_a_new_request() {
      assertThat(end(ApprovalOutcome.DENIED, "cleo@acme.com", "").promotion()).isEqualTo(id);

      assertThat(line.requested(ask("v1.2.3", "prod").requestingApproval())).isNotEqualTo(id);
    }

    private PromotionFailed end(ApprovalOutcome outcome, String by, String reason) {
      return line.when(new RecordApproval(id, outcome, List.of(), by, reason, null))
          .happens(PromotionFailed.class)
          .the(PromotionFailed.class);
    }
  }

  @Nested
  @Requirement("329.2")
  class Its_decisions {

    private final String id = line.awaiting("v1.2.3");

    @Test
    void must_come_from_every_team() {
      refuses(by("platform-leads", "ada@acme.com"), by("platform-leads", "ben@acme.com"));
    }

    @Test
    void must_come_from_different_people() {
      refuses(by("platform-leads", "ada@acme.com"), by("security", "ada@acme.com"));
    }

    @Test
    void must_not_come_from_the_requester() {
      refuses(by("platform-leads", "dana@acme.com"), by("security", "cleo@acme.com"));
    }

    @Test
    void must_be_there_at_all() {
      refuses();
    }

    private void refuses(Approval... decisions) {
      line.when(new RecordApproval(id, ApprovalOutcome.APPROVED, List.of(decisions), "", "", null))
          .refused("approval-needed");
      line.when(ask("v1.2.3", "prod")).refused("approval-pending");
    }

    private Approval by(String team, String person) {
      return new Approval(team, person, line.now(), "cli");
    }
  }

  @Nested
  class Once_given {

    private final String id = line.approved("v1.2.3");

    @Test
    @Requirement("329.7")
    void ends_at_its_expiry_like_a_pending_one() {
      line.later(Duration.ofDays(7)).when(new Tick()).happens(PromotionFailed.class);
    }

    @Test
    @Requirement("329.7")
    void is_not_used_after_its_expiry_even_before_a_tick() {
      line.later(Duration.ofDays(7)).when(ask("v1.2.3", "prod")).refused("approval-expired");
    }

    @Test
    void does_not_hold_under_other_rules() {
      var refused =
          line.nowUnder(
                  Manifests.with(
                      "approval_teams: [platform-leads, security]", "approval_teams: [security]"))
              .when(ask("v1.2.3", "prod"))
              .refused("rules-changed");

      assertThat(refused.firstReason().remedy()).contains("floe platform cancel " + id);
    }

    @Test
    void holds_when_other_environments_rules_changed() {
      line.nowUnder(
              Manifests.with(
                  "registry: oci://127.0.0.1:5000/staging",
                  "registry: oci://127.0.0.1:5000/staging\n    approval_timeout_days: 3"))
          .when(ask("v1.2.3", "prod"))
          .happens(PromotionStarted.class);
    }

    @Test
    void has_its_gates_run_again_when_their_results_are_too_old() {
      line.later(Duration.ofDays(1));

      var again = line.when(ask("v1.2.3", "prod")).happens(ValidationStarted.class);
      assertThat(again.the(ValidationStarted.class).intent()).isEqualTo(2);
      line.when(passed(id, 2)).happens(ValidationPassed.class, PromotionStarted.class);
    }

    @Test
    void is_not_asked_for_again_after_that() {
      line.later(Duration.ofDays(1)).when(ask("v1.2.3", "prod")).accepted();

      var passed = line.when(passed(id, 2)).the(ValidationPassed.class);
      assertThat(passed.approval()).isNull();
    }

    @Test
    @Requirement("329.7")
    void may_expire_while_they_run() {
      line.later(Duration.ofDays(7).minusMinutes(1)).when(ask("v1.2.3", "prod")).accepted();

      var failed =
          line.later(Duration.ofMinutes(2))
              .when(passed(id, 2))
              .happens(ValidationPassed.class, PromotionFailed.class);
      assertThat(failed.the(PromotionFailed.class).cause()).isEqualTo("approval-expired");
    }

    @Test
    void is_worth_nothing_once_a_newer_version_is_live() {
      line.published("v1.2.4").promoted("v1.2.4", "staging");
      String newer = line.approved("v1.2.4");
      line.when(ask("v1.2.4", "prod")).accepted();
      line.when(Line.copied(newer, 2)).accepted();
      line.when(Line.tagged(newer, 3)).accepted();
      line.when(Line.tagged(newer, 4)).accepted();

      line.when(ask("v1.2.3", "prod")).refused("not-newer");
    }
  }

  @Test
  @Requirement("329.7")
  void that_was_given_too_late_is_not_taken() {
    String id = line.awaiting("v1.2.3");
    var late =
        new RecordApproval(
            id,
            ApprovalOutcome.APPROVED,
            line.bothTeams(),
            "",
            "",
            line.now().plus(Duration.ofDays(7)));

    line.later(Duration.ofDays(8)).when(late).happens(PromotionFailed.class);
  }
}
