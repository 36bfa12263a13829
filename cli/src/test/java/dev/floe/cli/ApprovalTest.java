package dev.floe.cli;

import static dev.floe.cli.Promotions.ID;
import static dev.floe.cli.Promotions.PASSED;
import static dev.floe.cli.Promotions.approval;
import static dev.floe.cli.Promotions.blockedBy;
import static dev.floe.cli.Promotions.gates;
import static dev.floe.cli.Promotions.promotion;
import static dev.floe.cli.Promotions.tags;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.Cli.Run;
import dev.floe.kernel.Requirement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApprovalTest {

  private static final String POST = "POST /api/v1/promotions";
  private static final String MANIFEST =
      """
      {"revision":1,"manifest":{"artifact":["floe-platform"],"environments":{"dev":{},"prod":{}},\
      "promotion":{"path":["dev","prod"]},"teams":{"platform-leads":{"email":"platform-leads@acme.com",\
      "slack":"#platform-leads"},"security-team":{"members":["cleo@acme.com"]}}}}\
      """;
  private static final String ADA =
      "{\"by\":\"ada@acme.com\",\"at\":\"2024-01-15T14:30:00Z\",\"via\":\"cli\"}";
  private static final String WAITING =
      promotion("prod", "awaiting_approval", gates(PASSED), approval("pending", ""));
  private static final String APPROVED =
      promotion("prod", "approved", gates(PASSED), approval("approved", ADA));
  private static final String LIVE =
      promotion(
          "prod",
          "succeeded",
          gates(PASSED),
          approval("approved", ADA),
          tags("h/prod/p:v1.2.3-prod", "h/prod/p:latest-prod", "h/prod/p:v1.2.3"));

  private static final String SEARCH =
      "GET /api/v1/approvals?artifact=floe-platform&version=v1.2.3&env=prod";
  private static final String COMPLETE =
      """
      {"id":"req-01J","artifact":"floe-platform","version":"v1.2.3","digest":"sha256:aa","from":"staging",\
      "to":"prod","state":"approved","requestedBy":"eve@acme.com","requestedAt":"2024-01-15T14:00:00Z",\
      "requestReason":"Q1 release","teams":[\
      {"team":"a","required":1,"approvals":[{"by":"engineering-lead@acme.com","at":"2024-01-15T14:30:00Z",\
      "via":"cli","reason":"Looks good"}]},\
      {"team":"b","required":1,"approvals":[{"by":"security-lead@acme.com","at":"2024-01-15T14:35:00Z","via":"http"}]}],\
      "gates":[%s],"promotionState":"approved","promotionUpdatedAt":"2024-01-15T14:40:00Z",\
      "next":[{"who":"you","command":"floe platform promote v1.2.3 prod"}]}\
      """
          .formatted(PASSED.strip());

  private final FakeFloe floe = FakeFloe.start().on("GET /api/v1/manifest", 200, MANIFEST);

  @AfterEach
  void stop() {
    floe.close();
  }

  @Test
  @Requirement({"329.8", "339.8"})
  void names_who_has_to_approve_and_says_that_nobody_was_told() {
    floe.on(POST, 202, promotion("prod", "validating")).course(ID, WAITING);

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3-dev", "prod", "--request-approval");

    assertThat(run.out())
        .isEqualTo(
            """
            Running validation gates...
              ✓ Policy compliance check (2s)
            Approval required from:
              - @platform-leads: 1 (#platform-leads, platform-leads@acme.com)
              - @security-team: 1 of cleo@acme.com
            Request ID: req-01J
            Expires: 2024-01-22 (7 days from now)
            floe has notified nobody: it has no notification channel yet.
            Send the approvers this command:
              floe platform approve --request req-01J
            """);
    assertThat(run.out()).doesNotContainIgnoringCase(" sent ");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  @Requirement("329.8")
  void goes_on_where_people_have_approved() {
    floe.on(POST, 202, promotion("prod", "executing"))
        .on("GET /api/v1/promotions/" + ID, 200, APPROVED)
        .course(ID, LIVE);

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3-dev", "prod");

    assertThat(run.out())
        .isEqualTo(
            """
            Approval verified
            Promoting to prod...
              ✓ Promoted to oci://h/prod/p:v1.2.3
            """);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  @Requirement("329.8")
  void waits_through_the_approval_and_says_go_once() {
    floe.on(POST, 202, promotion("prod", "validating"))
        .on(POST, 202, promotion("prod", "executing"))
        .course(ID, WAITING, APPROVED, LIVE);

    Run run =
        Cli.at(floe).run("platform", "promote", "v1.2.3", "prod", "--request-approval", "--wait");

    assertThat(run.out())
        .endsWith(
            """
              floe platform approve --request req-01J
            Waiting for approval...
            Approval granted by: ada@acme.com
            Promoting to prod...
              ✓ Promoted to oci://h/prod/p:v1.2.3
            """);
    assertThat(floe.requests("POST", "/")).hasSize(2);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void stops_with_15_where_people_have_not_decided() {
    floe.on(POST, 200, WAITING)
        .on("GET /api/v1/promotions/" + ID, 200, WAITING)
        .course(ID, WAITING);

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3", "prod");
    Run json = Cli.at(floe).run("platform", "promote", "v1.2.3", "prod", "-o", "json");

    assertThat(run.out())
        .isEqualTo(
            """
            Approval pending: @platform-leads (1 of 1), @security-team (1 of 1)
            Request ID: req-01J
            Expires: 2024-01-22 (7 days from now)
            """);
    assertThat(run.err()).contains("[approval-pending]").contains("--request req-01J");
    assertThat(run.exitCode()).isEqualTo(15);
    assertThat(json.json().doc("promotion").text("state")).isEqualTo("awaiting_approval");
  }

  @Test
  void ends_with_124_when_the_wait_runs_out() {
    floe.on(POST, 202, promotion("prod", "validating"))
        .silentAfter(
            "GET /api/v1/promotions/" + ID + "/events",
            "event: promotion\ndata: " + WAITING + "\n\n");

    Run run =
        Cli.at(floe)
            .run("platform", "promote", "v1.2.3", "prod", "--request-approval", "--wait=500ms");

    assertThat(run.err())
        .contains("req-01J is awaiting approval after PT0.5S [wait-ran-out]")
        .contains("floe platform cancel req-01J");
    assertThat(run.exitCode()).isEqualTo(124);
  }

  @Test
  void ends_with_16_when_somebody_denies() {
    String denial = ",\"deniedBy\":\"cleo@acme.com\",\"reason\":\"Not before the audit.\"";
    String denied =
        promotion(
            "prod",
            "denied",
            "\"approval\":" + Promotions.APPROVALS.formatted("denied", "", denial));
    floe.on(POST, 202, promotion("prod", "validating")).course(ID, WAITING, denied);

    Run run =
        Cli.at(floe).run("platform", "promote", "v1.2.3", "prod", "--request-approval", "--wait");

    assertThat(run.err())
        .isEqualTo(
            """
            error: The approval was denied by cleo@acme.com: Not before the audit. [approval-denied]
            hint: Request it again: floe platform promote v1.2.3 prod --request-approval.
            """);
    assertThat(run.exitCode()).isEqualTo(16);
  }

  @Test
  @Requirement("329.5")
  void ends_with_16_when_nobody_decides_in_time_or_the_promotion_is_cancelled() {
    String expired =
        promotion(
            "prod",
            "expired",
            blockedBy("approval-expired", "The approval of v1.2.3 for prod has expired."));
    String cancelled =
        promotion(
            "prod", "cancelled", blockedBy("promotion-cancelled", "eve@acme.com cancelled it."));
    floe.on(POST, 202, promotion("prod", "validating")).course(ID, WAITING, expired);
    String[] words = {"platform", "promote", "v1.2.3", "prod", "--request-approval", "--wait"};

    Run late = Cli.at(floe).run(words);
    floe.course(ID, WAITING, cancelled);
    Cli.at(floe).run(words);
    Run ended = Cli.at(floe).run(words);

    assertThat(late.err())
        .startsWith("error: The approval of v1.2.3 for prod has expired. [approval-expired]");
    assertThat(late.exitCode()).isEqualTo(16);
    assertThat(ended.err()).startsWith("error: eve@acme.com cancelled it. [promotion-cancelled]");
    assertThat(ended.exitCode()).isEqualTo(16);
  }

  @Test
  @Requirement({"329.4", "329.5", "329.11"})
  void shows_how_a_request_stands_and_all_that_is_decided_about() {
    floe.on("GET /api/v1/approvals/" + ID, 200, COMPLETE);

    Run run = Cli.at(floe).run("platform", "approval", "status", ID);

    assertThat(run.out())
        .isEqualTo(
            """
            Status: approved
            Approved by: engineering-lead@acme.com (2024-01-15 14:30:00Z)
            Approved by: security-lead@acme.com (2024-01-15 14:35:00Z)
            Artifact: floe-platform v1.2.3
            Digest: sha256:aa
            Promotion: staging → prod (approved)
            Requested by: eve@acme.com (2024-01-15 14:00:00Z)
            Request reason: Q1 release
            Gates:
              ✓ Policy compliance check (2s)
            Teams:
              @a: 1 of 1 approved
                engineering-lead@acme.com approved (2024-01-15 14:30:00Z, by cli): Looks good
              @b: 1 of 1 approved
                security-lead@acme.com approved (2024-01-15 14:35:00Z, by http)
            Next: floe platform promote v1.2.3 prod
            """);
  }

  @Test
  @Requirement("329.5")
  void shows_who_denied_for_which_team_and_why() {
    floe.on(
        "GET /api/v1/approvals/" + ID,
        200,
        pending("denied")
            .replace(
                "\"gates\"",
                "\"denial\":{\"by\":\"cleo@acme.com\",\"team\":\"security\",\"at\":\"2024-01-15T15:00:00Z\",\"via\":\"cli\",\"reason\":\"too"
                    + " early\"},\"gates\""));

    Run run = Cli.at(floe).run("platform", "approval", "status", ID);

    assertThat(run.out())
        .startsWith(
            """
            Status: denied
            Denied by: cleo@acme.com (2024-01-15 15:00:00Z)
            Reason: too early
            """)
        .contains("  @security: cleo@acme.com denied (2024-01-15 15:00:00Z, by cli): too early\n");
  }

  @Test
  @Requirement("329.4")
  void approves_the_one_request_that_waits_and_the_digest_that_was_seen() {
    floe.on(SEARCH, 200, "{\"approvals\":[%s,%s]}".formatted(pending("denied"), pending("pending")))
        .on("POST /api/v1/approvals/req-01J/decisions", 202, "{\"id\":\"req-01J\"}")
        .on("GET /api/v1/approvals/req-01J", 200, pending("pending"));

    Run run =
        Cli.at(floe).run("platform", "approve", "v1.2.3-dev", "prod", "--reason", "Looks good");
    Run denial = Cli.at(floe).run("platform", "deny", "--request", ID);

    assertThat(run.out())
        .startsWith(
            """
            Approved v1.2.3 → prod (req-01J)
            Status: pending
            Waiting for: @platform-leads (1 of 1)
            Expires: 2024-01-16 (1 day from now)
            Artifact: floe-platform v1.2.3
            """);
    assertThat(floe.requests("POST", "/").getFirst().text())
        .isEqualTo("{\"decision\":\"approve\",\"reason\":\"Looks good\",\"digest\":\"sha256:aa\"}");
    assertThat(denial.out()).startsWith("Denied v1.2.3 → prod");
  }

  @Test
  void says_that_a_decision_was_made_before() {
    floe.on("GET /api/v1/approvals/req-01J", 200, pending("pending"))
        .on("POST /api/v1/approvals/req-01J/decisions", 200, "{\"state\":\"pending\"}");

    Run run = Cli.at(floe).run("platform", "approve", "--request", ID);

    assertThat(run.out())
        .startsWith("You had already approved v1.2.3 → prod (req-01J); nothing changed.\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  @Requirement("329.5")
  void hands_a_decision_after_the_end_to_its_owner_and_says_how_it_ended() {
    floe.on(SEARCH, 200, "{\"approvals\":[%s]}".formatted(COMPLETE))
        .on(
            "GET /api/v1/approvals/req-01J",
            200,
            COMPLETE.replace("\"approved\",\"promotionUp", "\"succeeded\",\"promotionUp"))
        .on(
            "POST /api/v1/approvals/req-01J/decisions",
            409,
            """
            {"code":"approval-complete","detail":"'req-01J' was approved at 2024-01-15T14:35:00Z by a.","exitCode":16}\
            """);

    Run run = Cli.at(floe).run("platform", "approve", "v1.2.3", "prod");

    assertThat(run.err())
        .isEqualTo(
            "error: 'req-01J' was approved at 2024-01-15T14:35:00Z by a. The promotion continued"
                + " and succeeded at 2024-01-15 14:40:00Z. [approval-complete]\n");
    assertThat(run.exitCode()).isEqualTo(16);
  }

  @Test
  @Requirement({"329.4", "329.11"})
  void lists_requests_with_all_that_is_decided_about() {
    floe.on(
        "GET /api/v1/approvals",
        200,
        "{\"approvals\":[%s,%s]}".formatted(pending("pending"), COMPLETE));

    Run run = Cli.at(floe).run("platform", "approval", "list");

    assertThat(run.out())
        .startsWith(
            """
            req-01J
              Status: pending
              Waiting for: @platform-leads (1 of 1)
              Expires: 2024-01-16 (1 day from now)
              Artifact: floe-platform v1.2.3
              Digest: sha256:aa
              Promotion: staging → prod
              Requested by: eve@acme.com
              Gates:
                ✓ Policy compliance check (2s)
              Teams:
                @platform-leads: 0 of 1 approved
              Next: floe platform approve --request req-01J
              Next (a member of security): floe platform approve --request req-01J

            req-01J
              Status: approved
            """);
  }

  @Test
  void names_the_way_out_where_nothing_was_ever_requested() {
    floe.on(SEARCH, 200, "{\"approvals\":[]}");

    Run run = Cli.at(floe).run("platform", "approve", "v1.2.3", "prod");
    Run nothing = Cli.at(floe).run("platform", "approve");
    Run both = Cli.at(floe).run("platform", "deny", "v1", "prod", "--request", ID);

    assertThat(run.err()).contains("[unknown-approval]").contains("--request-approval");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(both.exitCode()).isEqualTo(2);
  }

  private static String pending(String state) {
    return """
    {"id":"req-01J","artifact":"floe-platform","version":"v1.2.3","from":"staging","to":"prod",\
    "digest":"sha256:aa","state":"%s","expiresAt":"2024-01-16T16:00:00Z","requestedBy":"eve@acme.com",\
    "teams":[{"team":"platform-leads","required":1,"approvals":[]}],"gates":[%s],\
    "next":[{"who":"you","command":"floe platform approve --request req-01J"},\
    {"who":"a member of security","command":"floe platform approve --request req-01J"}]}\
    """
        .formatted(state, PASSED.strip());
  }
}
