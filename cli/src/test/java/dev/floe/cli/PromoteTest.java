package dev.floe.cli;

import static dev.floe.cli.Promotions.ID;
import static dev.floe.cli.Promotions.PASSED;
import static dev.floe.cli.Promotions.SKIPPED;
import static dev.floe.cli.Promotions.TIMED_OUT;
import static dev.floe.cli.Promotions.blockedBy;
import static dev.floe.cli.Promotions.gates;
import static dev.floe.cli.Promotions.promotion;
import static dev.floe.cli.Promotions.tags;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.Cli.Run;
import dev.floe.cli.console.Terminals;
import dev.floe.kernel.Requirement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromoteTest {

  private static final String POST = "POST /api/v1/promotions";
  private static final String FAILED =
      promotion(
          "staging",
          "failed",
          gates(PASSED, TIMED_OUT, SKIPPED),
          blockedBy("gate-failed", "integration_tests failed."));

  private final FakeFloe floe = FakeFloe.start();

  @AfterEach
  void stop() {
    floe.close();
  }

  @Test
  @Requirement({"328.4", "328.6"})
  void shows_which_gate_failed_why_and_what_may_help() {
    floe.on(POST, 202, promotion("staging", "validating"))
        .course(ID, promotion("staging", "validating", gates(PASSED)), FAILED);

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3-dev", "staging");

    assertThat(run.out())
        .isEqualTo(
            """
            Running validation gates...
              ✓ Policy compliance check (2s)
              ✗ Integration tests (timeout after 600s)
                Failure: Pipeline test timeout
                Output: tests/e2e/test_demo_flow.py timed out after 10 minutes
                Resolution: Check pipeline logs, optimize tests, retry
              ⏭ Security scan (skipped due to previous failure)

            Promotion blocked: 1 gate failed
            """);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(8);
  }

  @Test
  @Requirement("326.6")
  void tells_the_way_into_an_environment_without_approval() {
    floe.on(POST, 202, promotion("staging", "validating"), Map.of("Floe-Position", "abc"))
        .course(
            ID,
            promotion("staging", "executing", gates(PASSED)),
            promotion(
                "staging",
                "succeeded",
                gates(PASSED),
                tags("127.0.0.1:5000/staging/floe-platform:v1.2.3-staging")));

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3", "dev", "→", "staging");

    assertThat(run.out())
        .isEqualTo(
            """
            Running validation gates...
              ✓ Policy compliance check (2s)
            Promoting to staging...
              ✓ Promoted to oci://127.0.0.1:5000/staging/floe-platform:v1.2.3-staging
            """);
    assertThat(run.exitCode()).isZero();
    assertThat(floe.requests("POST", "/").getFirst().text())
        .isEqualTo("{\"version\":\"v1.2.3\",\"from\":\"dev\",\"to\":\"staging\"}");
    assertThat(floe.requests("POST", "/").getFirst().header("Authorization"))
        .isEqualTo("Bearer a-token");
    assertThat(floe.requests("GET", "/").getFirst().header("Floe-Position")).isEqualTo("abc");
  }

  @Test
  void tells_once_what_the_isolation_of_gates_could_not_guarantee() {
    String open = "\"notGuaranteed\":\"This host allows no isolation.\",\"outcome\":";
    String passed = PASSED.replace("\"outcome\":", open);
    String another = passed.replace("policy_compliance", "smoke_test");
    floe.on(POST, 202, promotion("staging", "validating"))
        .course(ID, promotion("staging", "succeeded", gates(passed, another)));

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3", "staging");

    assertThat(run.out())
        .startsWith(
            """
            Running validation gates...
              ✓ Policy compliance check (2s)
                ⚠ This host allows no isolation.
              ✓ Smoke test (2s)
            """)
        .containsOnlyOnce("no isolation");
  }

  @Test
  @Requirement("326.6")
  void takes_every_arrow() {
    floe.on(POST, 200, promotion("staging", "succeeded"));
    Cli cli = Cli.at(floe);

    cli.run("platform", "promote", "v1.2.3", "dev", "->", "staging");
    cli.run("platform", "promote", "v1.2.3", "dev->staging");
    cli.run("platform", "promote", "v1.2.3", "dev", "staging");
    Run odd = cli.run("platform", "promote", "v1.2.3", "→", "dev", "staging");

    assertThat(floe.requests("POST", "/"))
        .hasSize(3)
        .allSatisfy(
            request ->
                assertThat(request.text())
                    .isEqualTo("{\"version\":\"v1.2.3\",\"from\":\"dev\",\"to\":\"staging\"}"));
    assertThat(odd.exitCode()).isEqualTo(2);
  }

  @Test
  @Requirement("327.6")
  void says_that_what_is_live_needs_nothing() {
    floe.on(POST, 200, promotion("prod", "succeeded"));

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3", "prod");

    assertThat(run.out()).isEqualTo("v1.2.3 is already live in prod: nothing to do.\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  @Requirement({"338.1", "338.3"})
  void shows_in_a_dry_run_who_would_have_to_approve_and_asks_nobody() {
    floe.on(
            POST,
            200,
            """
            {"id":null,"artifact":"floe-platform","version":"v1.2.3","from":"staging","to":"prod","state":"requested",\
            "dryRun":true,"gates":[{"name":"policy_compliance","phase":"before","outcome":"simulated"},\
            {"name":"smoke_test","phase":"after","outcome":"simulated"}],\
            "approval":{"timeout":"PT168H","teams":[{"team":"platform-leads","required":1,"approvals":[]},\
            {"team":"security","required":2,"approvals":[]}]},\
            "registries":[{"name":"primary","ref":"h/prod/floe-platform@sha256:aa","state":"pending"}],\
            "tags":["h/prod/floe-platform:v1.2.3-prod","h/prod/floe-platform:latest-prod"]}\
            """)
        .on(
            "GET /api/v1/manifest",
            200,
            "{\"manifest\":{\"teams\":{\"platform-leads\":{\"members\":[\"ada@acme.com\",\"ben@acme.com\"]}}}}");

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3-staging", "prod", "--dry-run");

    assertThat(run.out())
        .isEqualTo(
            """
            DRY-RUN MODE: No changes will be made

            Promotion Plan: v1.2.3-staging → prod

            Validation Gates:
              [1/1] Policy compliance check
                Status: PASS (simulated)

            Promotion Steps:
              1. Request approval from:
                 - @platform-leads: 1 of ada@acme.com, ben@acme.com
                 - @security: 2
                 Status: PENDING (2 teams must approve first, 3 approvals in all)
              2. Await approval timeout: 7 days
              3. Copy artifact to prod registry
                 oci://h/prod/floe-platform@sha256:aa
              4. Tag artifact: v1.2.3-prod, latest-prod
              5. Run post-promotion validation
                 - Smoke test
                 Status: PASS (simulated)

            Summary: Ready to promote (0 issues found); 2 teams must approve first, 3 approvals in all
            To proceed: floe platform promote v1.2.3-staging prod --request-approval
            """);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  @Requirement("338.3")
  void shows_in_a_dry_run_that_a_promotion_waits_for_approval_already() {
    floe.on(POST, 200, promotion("prod", "awaiting_approval", "\"dryRun\":true"));

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3", "prod", "--dry-run");

    assertThat(run.out())
        .endsWith(
            """
            Summary: a promotion of v1.2.3 to prod is open already (awaiting approval); a real run requests nothing new
            To proceed: floe platform promote v1.2.3 prod
            """);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void prints_the_id_alone_and_follows_nothing_with_detach() {
    floe.on(POST, 202, promotion("staging", "validating"));

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3", "staging", "--detach");

    assertThat(run.out()).isEqualTo(ID + "\n");
    assertThat(floe.requests()).hasSize(1);
  }

  @Test
  void prints_one_document_and_tells_the_course_on_standard_error() {
    floe.on(POST, 202, promotion("staging", "validating")).course(ID, FAILED);

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3", "staging", "-o", "json");

    assertThat(run.json().doc("error").text("code")).isEqualTo("gate-failed");
    assertThat(run.json().doc("promotion").text("state")).isEqualTo("failed");
    assertThat(run.json().number("exitCode")).isEqualTo(8);
    assertThat(run.err()).contains("✗ Integration tests").contains("Promotion blocked");
    assertThat(run.exitCode()).isEqualTo(8);
  }

  @Test
  void tells_the_reference_alone_when_it_is_to_be_quiet() {
    floe.on(POST, 202, promotion("staging", "executing"))
        .on("GET /api/v1/promotions/" + ID, 200, promotion("staging", "executing"))
        .course(ID, promotion("staging", "succeeded", tags("h/staging/p:v1.2.3-staging")));

    Run run = Cli.at(floe).run("-q", "platform", "promote", "v1.2.3", "staging");

    assertThat(run.out()).isEqualTo("oci://h/staging/p:v1.2.3-staging\n");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void lists_everything_that_stands_in_the_way_and_ends_with_the_servers_exit_code() {
    floe.on(
        POST,
        409,
        """
        {"code":"skipped-environment","detail":"v1.2.3 was never in staging.","hint":"Promote it to staging first.",\
        "exitCode":9,"promotion":"req-01J","blockedBy":[\
        {"code":"skipped-environment","message":"v1.2.3 was never in staging.","remedy":"Promote it.","owner":""},\
        {"code":"slot-busy","message":"req-9 holds prod.","remedy":"Wait.","owner":"ada@acme.com"}]}\
        """);

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3", "prod");
    Run json = Cli.at(floe).run("platform", "promote", "v1.2.3", "prod", "--output=json");

    assertThat(run.err())
        .isEqualTo(
            """
            error: v1.2.3 was never in staging. [skipped-environment]
              - v1.2.3 was never in staging. Promote it. [skipped-environment]
              - req-9 holds prod. Wait. (ask ada@acme.com) [slot-busy]
            hint: Promote it to staging first.
            """);
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(9);
    assertThat(json.json().doc("error").docs("blockedBy")).hasSize(2);
    assertThat(json.json().doc("promotion").text("id")).isEqualTo(ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--force", "--override-freeze"})
  @Requirement("D.5")
  void says_of_an_option_whose_feature_is_not_built_that_it_is_not_supported_yet(String option) {
    Run run =
        Cli.at(floe).run("platform", "promote", option, "--reason", "why", "v1.2.3", "staging");

    assertThat(run.err()).startsWith("error: " + option + " is not supported yet [not-supported-");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(floe.requests()).isEmpty();
    assertThat(Cli.alone().run("platform", "promote", "--help").out()).doesNotContain(option);
  }

  @Test
  void asks_where_the_server_has_no_stream() {
    floe.on(POST, 202, promotion("staging", "validating"))
        .on("GET /api/v1/promotions/" + ID, 200, promotion("staging", "executing"))
        .on("GET /api/v1/promotions/" + ID, 200, promotion("staging", "cancelled"));

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3", "staging");

    assertThat(run.err()).isEqualTo("error: req-01J was cancelled. [promotion-cancelled]\n");
    assertThat(run.exitCode()).isEqualTo(16);
  }

  @Test
  void repeats_a_request_of_unknown_outcome_under_the_same_key() {
    floe.on(POST, 503, "{\"code\":\"outcome-unknown\"}", Map.of("Retry-After", "0"))
        .on(POST, 202, promotion("staging", "validating"));

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3", "staging", "--detach");

    assertThat(run.exitCode()).isZero();
    assertThat(floe.requests("POST", "/")).hasSize(2);
    assertThat(
            floe.requests("POST", "/").stream()
                .map(request -> request.header("Idempotency-Key"))
                .distinct())
        .hasSize(1)
        .doesNotContainNull();
  }

  @Test
  void fails_by_what_the_end_names_as_its_cause() {
    floe.on(POST, 202, promotion("staging", "validating"))
        .course(
            ID,
            promotion(
                "staging",
                "failed",
                blockedBy("digest-mismatch", "The registry keeps other bytes.")));

    Run run = Cli.at(floe).run("platform", "promote", "v1.2.3", "staging");

    assertThat(run.err())
        .isEqualTo(
            """
            error: The registry keeps other bytes. [digest-mismatch]
            hint: Mend it.
            """);
    assertThat(run.exitCode()).isEqualTo(21);
  }

  @Test
  void colours_signs_and_shows_what_moves_on_a_terminal_only() {
    floe.on(POST, 202, promotion("staging", "validating")).course(ID, FAILED);
    Cli terminal = Cli.at(floe).on(new Terminals(true, true, true));

    Run run = terminal.run("platform", "promote", "v1.2.3", "staging");
    Run plain = terminal.with("NO_COLOR", "1").run("platform", "promote", "v1.2.3", "staging");

    assertThat(run.out()).contains("\u001b[32m✓\u001b[0m").contains("\u001b[31m✗\u001b[0m");
    assertThat(run.err()).contains("Running validation gates");
    assertThat(plain.out()).contains("  ✓ Policy").doesNotContain("\u001b[");
  }
}
