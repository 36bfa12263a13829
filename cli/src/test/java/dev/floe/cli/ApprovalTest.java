package dev.floe.cli;

import static dev.floe.cli.Promotions.ID;
import static dev.floe.cli.Promotions.PASSED;
import static dev.floe.cli.Promotions.approval;
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
      "slack":"#platform-leads"},"security-team":{"members":["cleo@acme.com"]}}}}""";
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

  private final FakeFloe floe = FakeFloe.start().on("GET /api/v1/manifest", 200, MANIFEST);

  @AfterEach
  void stop() {
    floe.close();
  }

  @Test
  @Requirement({"329.3", "329.8"})
  void asks_people_says_whom_and_is_done() {
    floe.on(POST, 202, promotion("prod", "validating")).course(ID, WAITING);

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3-dev", "prod", "--request-approval");

    assertThat(run.out())
        .isEqualTo(
            """
            Running validation gates...
              ✓ Policy compliance check (2s)
            Approval request sent to:
              - #platform-leads (Slack channel)
              - platform-leads@acme.com (Email)
              - @security-team (team: cleo@acme.com)
            Request ID: req-01J
            Expires: 2024-01-22 (7 days from now)
            """);
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
            Expires: 2024-01-22 (7 days from now)
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
            """);
    assertThat(run.exitCode()).isEqualTo(16);
  }

  @Test
  @Requirement({"329.4", "329.5"})
  void shows_how_a_request_stands() {
    floe.on(
        "GET /api/v1/approvals/" + ID,
        200,
        """
        {"id":"req-01J","state":"approved","teams":[\
        {"team":"a","required":1,"approvals":[{"by":"engineering-lead@acme.com","at":"2024-01-15T14:30:00Z"}]},\
        {"team":"b","required":1,"approvals":[{"by":"security-lead@acme.com","at":"2024-01-15T14:35:00Z"}]}]}""");

    Run run = Cli.at(floe).run("platform", "approval", "status", ID);

    assertThat(run.out())
        .isEqualTo(
            """
            Status: approved
            Approved by: engineering-lead@acme.com (2024-01-15 14:30:00Z)
            Approved by: security-lead@acme.com (2024-01-15 14:35:00Z)
            """);
  }

  @Test
  @Requirement("329.4")
  void approves_the_one_request_that_waits_and_the_digest_that_was_seen() {
    String pending =
        """
        {"id":"req-01J","version":"v1.2.3","to":"prod","digest":"sha256:aa","state":"pending",\
        "expiresAt":"2024-01-16T16:00:00Z","requestedBy":"eve@acme.com",\
        "teams":[{"team":"platform-leads","required":1,"approvals":[]}]}""";
    floe.on(
            "GET /api/v1/approvals?artifact=floe-platform&version=v1.2.3&env=prod&state=pending",
            200,
            "{\"approvals\":[%s]}".formatted(pending))
        .on("POST /api/v1/approvals/req-01J/decisions", 202, "{\"id\":\"req-01J\"}")
        .on("GET /api/v1/approvals/req-01J", 200, pending)
        .on("GET /api/v1/approvals", 200, "{\"approvals\":[%s]}".formatted(pending));

    Run run =
        Cli.at(floe).run("platform", "approve", "v1.2.3-dev", "prod", "--reason", "Looks good");
    Run denial = Cli.at(floe).run("platform", "deny", "--request", ID);
    Run list = Cli.at(floe).run("platform", "approval", "list");

    assertThat(run.out())
        .isEqualTo(
            """
            Approved v1.2.3 → prod (req-01J)
            Status: pending
            Waiting for: @platform-leads (1 of 1)
            Expires: 2024-01-16 (1 day from now)
            """);
    assertThat(floe.requests("POST", "/").getFirst().text())
        .isEqualTo("{\"decision\":\"approve\",\"reason\":\"Looks good\",\"digest\":\"sha256:aa\"}");
    assertThat(denial.out()).startsWith("Denied v1.2.3 → prod");
    assertThat(list.out())
        .isEqualTo(
            """
            REQUEST  VERSION  TO    STATE    REQUESTED BY  EXPIRES               WAITING FOR
            req-01J  v1.2.3   prod  pending  eve@acme.com  2024-01-16 16:00:00Z  @platform-leads
            """);
  }

  @Test
  void names_the_way_out_where_nothing_waits() {
    floe.on(
        "GET /api/v1/approvals?artifact=floe-platform&version=v1.2.3&env=prod&state=pending",
        200,
        "{\"approvals\":[]}");

    Run run = Cli.at(floe).run("platform", "approve", "v1.2.3", "prod");
    Run nothing = Cli.at(floe).run("platform", "approve");
    Run both = Cli.at(floe).run("platform", "deny", "v1", "prod", "--request", ID);

    assertThat(run.err()).contains("[unknown-approval]").contains("--request-approval");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(nothing.exitCode()).isEqualTo(2);
    assertThat(both.exitCode()).isEqualTo(2);
  }
}
