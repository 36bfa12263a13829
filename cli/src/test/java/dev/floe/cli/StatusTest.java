package dev.floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.Cli.Run;
import dev.floe.kernel.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusTest {

  private static final String STATUS =
      """
      {"artifact":"floe-platform","environments":[
      {"environment":"dev","current":{"version":"v1.2.4"},"health":"healthy","updatedAt":"2024-01-15T15:45:00Z",
       "history":[{"version":"v1.2.3","at":"2024-01-14T10:00:00Z"},{"version":"v1.2.2","at":"2024-01-13T09:00:00Z"}]},
      {"environment":"staging","current":{"version":"v1.2.3"},"health":"healthy","updatedAt":"2024-01-14T10:30:00Z",
       "promotedFrom":{"environment":"dev","version":"v1.2.3"},"pending":[],
       "history":[{"version":"v1.2.2","at":"2024-01-08T09:00:00Z"},{"version":"v1.2.1","at":"2024-01-01T09:00:00Z"}]},
      {"environment":"prod","current":{"version":"v1.2.2"},"health":"warning","reasons":["Out-of-date"],
       "updatedAt":"2024-01-10T09:00:00Z","latestAvailable":"v1.2.3",
       "promotedFrom":{"environment":"staging","version":"v1.2.2"},
       "pending":[{"promotion":"req-1","version":"v1.2.3","state":"awaiting_approval"}],
       "approvers":["platform-leads","security-team"],
       "history":[{"version":"v1.2.1","at":"2023-12-10T09:00:00Z"},{"version":"v1.2.0","at":"2023-11-10T09:00:00Z"}]}]}\
      """;

  private final FakeFloe floe =
      FakeFloe.start()
          .on("GET /api/v1/status", 200, STATUS)
          .on(
              "GET /api/v1/manifest",
              200,
              "{\"manifest\":{\"promotion\":{\"path\":[\"dev\",\"staging\",\"prod\"]}}}");

  @AfterEach
  void stop() {
    floe.close();
  }

  @Test
  @Requirement({"335.1", "335.2", "335.3"})
  void shows_every_environment_as_in_the_sources_picture() {
    Run run = Cli.at(floe).run("platform", "status", "--environment=all");

    assertThat(run.out())
        .isEqualTo(
            """
            Promotion Status: floe-platform

            dev
              Current: v1.2.4-dev
              Status: ✓ Healthy
              Updated: 2024-01-15 15:45:00Z
              History: v1.2.3-dev (yesterday), v1.2.2-dev (2 days ago)

            staging
              Current: v1.2.3-staging
              Status: ✓ Healthy
              Updated: 2024-01-14 10:30:00Z
              Promoted from: dev v1.2.3-dev
              Pending approvals: None
              History: v1.2.2-staging (1 week ago), v1.2.1-staging (2 weeks ago)

            prod
              Current: v1.2.2-prod
              Status: ⚠ Out-of-date
              Updated: 2024-01-10 09:00:00Z
              Latest available: v1.2.3
              Pending promotion: v1.2.3-staging → prod (approval required)
              Approvers: @platform-leads, @security-team
              History: v1.2.1-prod (1 month ago), v1.2.0-prod (2 months ago)
            """);
  }

  @Test
  @Requirement("335.2")
  void says_after_the_first_approval_whose_is_missing_and_how_the_last_attempt_ended() {
    floe.on(
        "GET /api/v1/status/prod",
        200,
        """
        {"artifact":"floe-platform","environments":[{"environment":"prod","health":"healthy",
         "pending":[{"promotion":"req-2","version":"v1.2.3","from":"staging","state":"awaiting_approval",
          "teams":[{"team":"platform-leads","required":1,"approvals":[{"by":"ada@acme.com","at":"2024-01-15T14:30:00Z"}]},
                   {"team":"security","required":2,"approvals":[{"by":"cleo@acme.com","at":"2024-01-15T14:30:00Z"}]}]}],
         "lastAttempt":{"promotion":"req-1","version":"v1.2.2","from":"staging","outcome":"denied",
          "at":"2024-01-14T10:00:00Z","by":"cleo@acme.com","reason":"cleo@acme.com denied it: too early"}}]}\
        """);

    Run run = Cli.at(floe).run("platform", "status", "prod");

    assertThat(run.out())
        .isEqualTo(
            """
            Promotion Status: floe-platform

            prod
              Current: none
              Pending promotion: v1.2.3-staging → prod (approval required)
              Approved by: ada@acme.com for @platform-leads, cleo@acme.com for @security
              Waiting for: @security (1 of 2)
              Last attempt: v1.2.2-staging → prod denied (2024-01-14 10:00:00Z): cleo@acme.com denied it: too early
            """);
  }

  @Test
  void shows_an_empty_environment_a_failed_one_and_a_rolled_back_one() {
    floe.on(
        "GET /api/v1/status/x",
        200,
        """
        {"artifact":"a","environments":[
        {"environment":"e","current":null,"health":"healthy"},
        {"environment":"f","current":{"version":"v1.0.0"},"health":"failed","reasons":["smoke_test failed"],
         "locks":[{"reason":"incident","by":"ada","until":null}],
         "registries":[{"name":"primary","state":"copied"},{"name":"secondary","state":"failed"}]},
        {"environment":"r","current":{"version":"v1.2.2"},"health":"healthy","rolledBackFrom":"v1.2.3",
         "pending":[{"version":"v1.3.0","state":"validating"}],
         "history":[{"version":"v1.2.3","at":"2024-01-15T14:00:00Z","outcome":"failed"}]}]}\
        """);

    Run run = Cli.at(floe).run("platform", "status", "x");

    assertThat(run.out())
        .isEqualTo(
            """
            Promotion Status: a

            e
              Current: none
              Pending approvals: None

            f
              Current: v1.0.0-f
              Status: ✗ Failed: Smoke_test failed
              Pending approvals: None
              Locked: incident (by ada)
              Registries: primary copied, secondary failed

            r
              Current: v1.2.2 (rolled back from v1.2.3)
              Status: ✓ Healthy
              Pending promotion: v1.3.0 → r (gates running)
              History: v1.2.3-r (failed 2 hours ago)
            """);
  }

  @Test
  void prints_yaml_and_json_as_the_server_tells_it() {
    Run json = Cli.at(floe).run("platform", "status", "-o", "json");
    Run yaml = Cli.at(floe).run("platform", "status", "-o", "YAML");

    assertThat(json.json().docs("environments")).hasSize(3);
    assertThat(yaml.out()).startsWith("artifact: floe-platform\nenvironments:\n- environment: dev");
  }

  @Test
  void watches_until_nobody_reads_any_more() throws IOException {
    String event = "event: status\ndata: " + STATUS.replace("\n", "") + "\n\n";
    floe.stream("GET /api/v1/status/stream?environment=dev", event + event + event);
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    OutputStream twoLines =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            if (seen.toString(StandardCharsets.UTF_8).lines().count() > 2) {
              throw new IOException("Broken pipe");
            }
            seen.write(b);
          }
        };

    int exitCode =
        Cli.at(floe)
            .run(
                twoLines,
                new ByteArrayOutputStream(),
                "platform",
                "status",
                "dev",
                "--watch",
                "-o",
                "json");

    // What a shell makes of a program that SIGPIPE ends.
    assertThat(exitCode).isEqualTo(141);
    assertThat(seen.toString(StandardCharsets.UTF_8).lines().limit(2))
        .allMatch(line -> line.startsWith("{\"artifact\":\"floe-platform\"") && line.endsWith("}"));
  }

  @Test
  void does_not_watch_the_past() {
    Run run = Cli.at(floe).run("platform", "status", "--watch", "--at", "2024-01-01T00:00:00Z");

    assertThat(run.exitCode()).isEqualTo(2);
  }
}
