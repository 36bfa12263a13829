package dev.floe.audit.view;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.floe.audit.Said;
import dev.floe.audit.Story;
import dev.floe.audit.view.NextStep.Viewer;
import dev.floe.audit.view.Status.Attempt;
import dev.floe.audit.view.Status.EnvironmentStatus;
import dev.floe.audit.view.Status.Pending;
import dev.floe.kernel.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ApprovalViewTest {

  private static final Viewer ADA = new Viewer("ada@acme.com", true, true, "shop", Map.of());
  private static final Viewer CLEO = new Viewer("cleo@acme.com", false, false, "shop", Map.of());
  private static final Viewer REQUESTER = new Viewer(Story.ENGINEER, false, true, "shop", Map.of());

  private final Story story = new Story("shop");

  private String asked() {
    String id = story.requested("v1.2.3", "staging", "prod");
    story.passed(id, "v1.2.3", "staging", "prod", 1);
    story.asked(id, "v1.2.3", "staging", "prod");
    return id;
  }

  @Test
  @Requirement("329.11")
  void shows_what_is_decided_and_what_the_gates_said() {
    ApprovalView view = view(asked());

    assertThat(view.artifact()).isEqualTo("shop");
    assertThat(view.digest()).isEqualTo(Story.digest("v1.2.3"));
    assertThat(view.from()).isEqualTo("staging");
    assertThat(view.requestedBy()).isEqualTo(Story.ENGINEER);
    assertThat(view.requestReason()).isEqualTo(row(view.id()).known().request().reason());
    assertThat(view.gates()).extracting(PromotionView.Gate::outcome).containsExactly("passed");
    assertThat(view.promotionState()).isEqualTo("awaiting_approval");
    assertThat(view.endedAt()).isNull();
  }

  @Test
  @Requirement("329.11")
  void says_where_a_team_can_be_reached() {
    Viewer cleo =
        new Viewer("cleo@acme.com", false, false, "shop", Map.of("platform-leads", "#leads"));

    assertThat(view(asked()).seenBy(cleo).next())
        .contains(
            new NextStep(
                "a member of platform-leads, #leads",
                "floe platform approve --request req-shop-1"));
  }

  @Test
  @Requirement("329.5")
  void shows_who_denied_when_for_which_team_by_which_door_and_why() {
    String id = asked();
    story.denied(id, "v1.2.3", "staging", "prod", "cleo@acme.com");

    Asking.Denial denial = requireNonNull(view(id).denial());

    assertThat(denial.by()).isEqualTo("cleo@acme.com");
    assertThat(denial.team()).isEqualTo("security");
    assertThat(denial.via()).isEqualTo("http");
    assertThat(denial.reason()).isEqualTo("too early");
    assertThat(view(id).endedAt()).isEqualTo(denial.at());
  }

  @Nested
  class The_next_step {

    @Test
    @Requirement("329.11")
    void is_to_decide_for_whoever_is_asked() {
      assertThat(next(view(asked()), ADA))
          .containsExactly(
              "you: floe platform approve --request req-shop-1",
              "you: floe platform deny --request req-shop-1 --reason TEXT");
    }

    @Test
    void is_the_missing_team_s_for_everybody_else() {
      String id = asked();
      story.granted(id, "v1.2.3", "staging", "prod", "security", "cleo@acme.com");

      assertThat(next(view(id), CLEO))
          .containsExactly(
              "a member of platform-leads: floe platform approve --request req-shop-1");
      assertThat(next(view(id), REQUESTER))
          .containsExactly(
              "a member of platform-leads: floe platform approve --request req-shop-1",
              "you: floe platform cancel req-shop-1");
    }

    @Test
    void is_to_promote_once_everybody_has_approved() {
      String id = asked();
      story.approved(id, "v1.2.3", "staging", "prod");

      assertThat(next(view(id), REQUESTER))
          .containsExactly("you: floe platform promote v1.2.3 prod");
      assertThat(next(view(id), CLEO))
          .containsExactly("anyone who may promote into prod: floe platform promote v1.2.3 prod");
    }

    @Test
    void is_nobody_s_once_the_version_is_there() {
      assertThat(next(view(story.promoted("v1.2.3", "staging", "prod")), REQUESTER)).isEmpty();
    }

    @Test
    void is_to_request_again_after_a_denial_and_names_an_artifact_that_is_not_the_first() {
      String id = asked();
      story.denied(id, "v1.2.3", "staging", "prod", "cleo@acme.com");

      assertThat(next(view(id), new Viewer(Story.ENGINEER, false, true, "other", Map.of())))
          .containsExactly(
              "you: floe platform promote v1.2.3 prod --request-approval --artifact shop");
    }

    private List<String> next(ApprovalView view, Viewer viewer) {
      return view.seenBy(viewer).next().stream()
          .map(step -> step.who() + ": " + step.command())
          .toList();
    }
  }

  /** What a status says of the same promotion. */
  @Nested
  class The_status {

    @Test
    @Requirement("335.2")
    void says_after_the_first_approval_who_has_approved_and_who_has_not() {
      String id = asked();
      story.granted(id, "v1.2.3", "staging", "prod", "security", "cleo@acme.com");

      Pending pending = prod(id).pending().getFirst();

      assertThat(pending.waitingFor()).containsExactly("platform-leads");
      assertThat(pending.from()).isEqualTo("staging");
      assertThat(pending.teams())
          .extracting(Asking.Team::team, team -> team.approvals().size())
          .containsExactly(tuple("platform-leads", 0), tuple("security", 1));
    }

    @Test
    @Requirement("335.2")
    void calls_a_denial_a_denial() {
      String id = asked();
      story.denied(id, "v1.2.3", "staging", "prod", "cleo@acme.com");

      Attempt attempt = requireNonNull(prod(id).lastAttempt());

      assertThat(attempt.outcome()).isEqualTo("denied");
      assertThat(attempt.by()).isEqualTo("cleo@acme.com");
      assertThat(attempt.reason()).isEqualTo("cleo@acme.com denied it: too early");
      assertThat(prod(id).pending()).isEmpty();
    }

    @Test
    void calls_an_expiry_an_expiry() {
      String id = asked();
      story.ended(id, "v1.2.3", "staging", "prod", "approval-expired", "It has expired.");

      Attempt attempt = requireNonNull(prod(id).lastAttempt());

      assertThat(attempt.outcome()).isEqualTo("expired");
      assertThat(attempt.by()).isNull();
      assertThat(attempt.reason()).isEqualTo("It has expired.");
    }

    @Test
    void keeps_silent_about_what_succeeded_and_what_never_began() {
      assertThat(prod(story.promoted("v1.2.3", "staging", "prod")).lastAttempt()).isNull();
      assertThat(prod(story.refused("v9.9.9", "prod", "unknown-version")).lastAttempt()).isNull();
    }

    private EnvironmentStatus prod(String id) {
      var rules =
          new StatusRules(
              Story.MANIFEST, story.now(), Map.of(), List.of(row(id)), List.of(), List.of());
      return rules.environments().getLast();
    }
  }

  private ApprovalView view(String id) {
    return ApprovalView.of(row(id)).orElseThrow();
  }

  private PromotionRow row(String id) {
    PromotionRow row = PromotionRow.unknown(id, "shop");
    for (Said said : story.told()) {
      if (PromotionRow.idIn(said.body()).filter(id::equals).isPresent()) {
        row =
            row.after(
                new Fact(said.id(), said.artifact(), said.at(), said.by().name(), said.body()));
      }
    }
    return row;
  }
}
