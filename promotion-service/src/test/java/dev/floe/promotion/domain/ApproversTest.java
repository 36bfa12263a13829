package dev.floe.promotion.domain;

import static dev.floe.promotion.domain.Line.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.access.AccessRules;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Refusal;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Manifest;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.PromotionCommand;
import dev.floe.promotion.domain.rule.Ruled;
import dev.floe.promotion.domain.rule.Rules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That nobody is asked for an approval that nobody could give. */
@Requirement("329.2")
class ApproversTest {

  private static final String NOBODY = "no-eligible-approver";

  @Test
  void are_enough_where_every_team_has_somebody_else() {
    accepted("dana@acme.com", Manifests.threeSteps());
    accepted("ada@acme.com", Manifests.threeSteps());
  }

  @Test
  void are_missing_where_a_team_is_the_requester_alone() {
    refused("cleo@acme.com", Manifests.threeSteps());
  }

  @Test
  void may_be_the_requester_where_duties_are_not_separated() {
    accepted(
        "cleo@acme.com", Manifests.with("promotion:", "promotion:\n  separation_of_duties: false"));
  }

  @Test
  void are_missing_where_one_person_would_have_to_speak_for_two_teams() {
    refused(
        "dana@acme.com",
        Manifests.with(
            "members: [ada@acme.com, ben@acme.com]", "members: [cleo@acme.com, dana@acme.com]"));
  }

  @Test
  void are_found_even_if_the_first_choice_is_needed_elsewhere() {
    accepted(
        "dana@acme.com",
        Manifests.with(
            "members: [ada@acme.com, ben@acme.com]", "members: [cleo@acme.com, ada@acme.com]"));
    refused(
        "ada@acme.com",
        Manifests.with(
            "members: [ada@acme.com, ben@acme.com]", "members: [cleo@acme.com, ada@acme.com]"));
  }

  @Test
  void may_be_anybody_in_a_group_of_the_identity_provider() {
    accepted(
        "cleo@acme.com",
        Manifests.with(
            "security: {members: [cleo@acme.com]}",
            "security: {members: [cleo@acme.com], oidc_group: sec}"));
  }

  @Test
  void without_teams_are_those_who_have_the_permission() {
    String noTeams =
        Manifests.THREE_STEPS.replace("    approval_teams: [platform-leads, security]\n", "");

    refused("dana@acme.com", Manifests.parse(noTeams));
    accepted("dana@acme.com", Manifests.parse(noTeams + "access: {approve: ['*']}\n"));
    accepted("dana@acme.com", Manifests.parse(noTeams + "access: {approve: [security]}\n"));
    refused("cleo@acme.com", Manifests.parse(noTeams + "access: {approve: [security]}\n"));
    refused("eve@acme.com", Manifests.parse(noTeams + "access: {approve: [eve@acme.com]}\n"));
  }

  @Test
  void without_teams_or_permissions_is_whoever_started_the_system() {
    Manifest manifest =
        Manifests.parse(
            Manifests.THREE_STEPS.replace("    approval_teams: [platform-leads, security]\n", ""));
    var rules = new Rules(1, new AccessRules(manifest, "olga@localhost"));

    assertThat(codes("dana@acme.com", rules)).doesNotContain(NOBODY);
    assertThat(codes("olga@localhost", rules)).contains(NOBODY);
  }

  private static void accepted(String requester, Manifest manifest) {
    assertThat(codes(requester, new Rules(1, AccessRules.of(manifest)))).isEmpty();
  }

  private static void refused(String requester, Manifest manifest) {
    assertThat(codes(requester, new Rules(1, AccessRules.of(manifest)))).containsExactly(NOBODY);
  }

  private static List<String> codes(String requester, Rules rules) {
    Line line =
        Line.under(Manifests.threeSteps()).published("v1.2.3").promoted("v1.2.3", "staging");
    ReleaseLine state = line.when(Line.register("v1.2.3")).line();
    var command =
        new Ruled<PromotionCommand>(rules, ask("v1.2.3", "prod").requestingApproval().command());
    var asked = new Asked<>("c", Manifests.ARTIFACT, Line.NOON, Actor.user(requester), command);
    return switch (new PromotionDecider().decide(state, asked)) {
      case Decision.Accepted<?> _ -> List.of();
      case Decision.Refused<?> refused -> refused.because().stream().map(Refusal::code).toList();
    };
  }
}
