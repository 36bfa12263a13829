package dev.floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.Cli.Run;
import dev.floe.kernel.Requirement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadingTest {

  private static final String VERSIONS = "/api/v1/artifacts/p/versions";
  private static final String ENTRY =
      """
      {"timestamp":"2024-01-15T10:30:00Z","event":"promotion_requested","version":"v1.2.3","from_env":"dev",\
      "to_env":"staging","user":"ada@acme.com","request_id":"req-1"}\
      """;

  private final FakeFloe floe = FakeFloe.start().on("GET /api/v1/manifest", 404, "");

  @AfterEach
  void stop() {
    floe.close();
  }

  private Run run(String... args) {
    return Cli.at(floe).run(args);
  }

  @Test
  @Requirement("327.5")
  void lists_versions_as_asked_for() {
    floe.on(
        "GET " + VERSIONS + "?environment=prod&constraint=%3E%3Dv1.0.0",
        200,
        """
        {"versions":[{"version":"v1.2.3","digest":"sha256:0123456789abcdef","environments":["dev","prod"],\
        "createdAt":"2024-01-15T10:30:00Z","size":8800,"lifecycle":"active"}]}\
        """);

    Run run =
        run(
            "platform",
            "list",
            "--artifact",
            "p",
            "--environment=prod",
            "--constraint",
            ">=v1.0.0");

    assertThat(run.out())
        .isEqualTo(
            """
            VERSION  ENVIRONMENTS  CREATED               SIZE    LIFECYCLE  DIGEST
            v1.2.3   dev, prod     2024-01-15 10:30:00Z  8.6 KB  active     sha256:0123456789ab
            """);
  }

  @Test
  void shows_a_versions_way() {
    floe.on(
        "GET " + VERSIONS + "/v1.2.3/timeline",
        200,
        """
        {"version":"v1.2.3","digest":"sha256:aa","steps":[{"environment":"dev","event":"published",\
        "at":"2024-01-15T10:30:00Z","by":"ada@acme.com","durationMs":null}]}\
        """);

    assertThat(run("platform", "timeline", "v1.2.3", "--artifact=p").out())
        .isEqualTo(
            """
            Timeline: v1.2.3 (sha256:aa)

            TIME                  ENVIRONMENT  EVENT      BY            TOOK
            2024-01-15 10:30:00Z  dev          published  ada@acme.com  -
            """);
  }

  @Test
  void cancels_a_promotion() {
    floe.on(
        "POST /api/v1/promotions/req-1/cancel", 202, "{\"id\":\"req-1\",\"state\":\"cancelled\"}");

    Run run = run("platform", "cancel", "req-1", "--reason", "Too early");

    assertThat(run.out()).isEqualTo("Cancelled req-1\n");
    assertThat(floe.requests("POST", "/").getFirst().text())
        .isEqualTo("{\"reason\":\"Too early\"}");
  }

  @Test
  @Requirement("327.4")
  void sets_tags_again_and_says_when_they_are_set() {
    floe.on(
        "POST " + VERSIONS + "/v1.2.3/tags",
        202,
        "{\"repair\":4,\"version\":\"v1.2.3\",\"environment\":\"prod\",\"tags\":[\"oci://r/p:v1.2.3-prod\"]}");
    floe.on(
        "GET /api/v1/audit?artifact=p&version=v1.2.3&event=tags_assigned&limit=20",
        200,
        """
        {"entries":[{"event":"tags_assigned","details":{"intent":4,"refs":["oci://r/p:v1.2.3-prod"]}},
        {"event":"tags_assigned","details":{"promotion":"req-1","intent":4,"refs":["other"]}}]}\
        """);

    Run run = run("platform", "tag", "v1.2.3", "prod", "--artifact=p");

    assertThat(run.out()).isEqualTo("  ✓ Tagged oci://r/p:v1.2.3-prod\n");
    assertThat(floe.requests("POST", "/").getFirst().text()).isEqualTo("{\"env\":\"prod\"}");
  }

  @Test
  @Requirement("327.4")
  void says_that_tags_were_not_set_when_their_own_repair_failed() {
    floe.on(
        "POST " + VERSIONS + "/v1.2.3/tags",
        202,
        "{\"repair\":4,\"version\":\"v1.2.3\",\"environment\":\"prod\",\"tags\":[\"oci://r/p:v1.2.3-prod\"]}");
    floe.on(
        "GET /api/v1/audit?artifact=p&version=v1.2.3&event=tags_assigned&limit=20",
        200,
        """
        {"entries":[{"event":"tags_assigned","details":{"intent":3,"refs":["oci://r/p:v1.2.3-prod"]}}]}\
        """);
    floe.on(
        "GET /api/v1/audit?artifact=p&version=v1.2.3&event=tag_assignment_failed&limit=20",
        200,
        """
        {"entries":[{"event":"tag_assignment_failed","details":{"intent":4,"trouble":"registry-refused",\
        "message":"it answered 409"}}]}\
        """);

    Run run = run("platform", "tag", "v1.2.3", "prod", "--artifact=p");

    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("it answered 409");
    assertThat(run.exitCode()).isEqualTo(5);
  }

  @Test
  @Requirement("327.4")
  void says_which_registry_does_not_have_its_tags_yet() {
    floe.on(
        "POST " + VERSIONS + "/v1.2.3/tags",
        202,
        "{\"repair\":4,\"version\":\"v1.2.3\",\"environment\":\"prod\",\"tags\":[\"oci://r/p:v1.2.3-prod\",\"oci://s/p:v1.2.3-prod\"]}");
    floe.on(
        "GET /api/v1/audit?artifact=p&version=v1.2.3&event=tags_assigned&limit=20",
        200,
        """
        {"entries":[{"event":"tags_assigned","details":{"intent":4,"refs":["oci://r/p:v1.2.3-prod"]}}]}\
        """);

    assertThat(run("platform", "tag", "v1.2.3", "prod", "--artifact=p").out())
        .isEqualTo(
            """
              ✓ Tagged oci://r/p:v1.2.3-prod
              ⚠ Not yet tagged oci://s/p:v1.2.3-prod; floe tries again
            """);
  }

  @Test
  @Requirement("327.6")
  void names_each_registry_that_could_not_be_compared_and_ends_with_5() {
    floe.on(
        "POST /api/v1/artifacts/p/tag-checks",
        200,
        """
        {"artifact":"p","repositories":["oci://r/p"],"findings":[],"unread":[{"environment":"staging",
        "registry":"primary","repository":"oci://s/p","code":"registry-unreachable","message":"nobody answers"}]}\
        """);

    Run run = run("platform", "drift", "--artifact=p");

    assertThat(run.out())
        .isEqualTo(
            """
            ✗ oci://s/p (staging, primary) could not be read: nobody answers
            ✓ Every tag in 1 repository matches the log
            """);
    assertThat(run.exitCode()).isEqualTo(5);
  }

  @Test
  @Requirement("327.6")
  void shows_what_differs_from_the_log_and_ends_with_21() {
    floe.on(
        "POST /api/v1/artifacts/p/tag-checks",
        200,
        """
        {"artifact":"p","repositories":["oci://r/p"],"findings":[{"environment":"prod",
        "registry":"primary","ref":"oci://r/p:latest-prod","kind":"deleted","expected":"sha256:aa"}]}\
        """);

    Run run = run("platform", "drift", "--artifact=p");

    assertThat(run.out())
        .isEqualTo(
            """
            TAG                    REGISTRY  IS       BY THE LOG  IN THE REGISTRY
            oci://r/p:latest-prod  primary   deleted  sha256:aa   -
            """);
    assertThat(run.exitCode()).isEqualTo(21);
  }

  @Test
  void says_that_nothing_differs() {
    floe.on(
        "POST /api/v1/artifacts/p/tag-checks",
        200,
        "{\"repositories\":[\"a\",\"b\"],\"findings\":[]}");

    Run run = run("platform", "drift", "--artifact=p");

    assertThat(run.out()).isEqualTo("✓ Every tag in 2 repositories matches the log\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  @Requirement("330.5")
  void searches_the_trail_by_every_filter() {
    floe.on(
        "GET /api/v1/audit?artifact=p&version=v1.2.3&env=staging&user=ada&event=e&request=req-1"
            + "&from=2024-01-01T00%3A00%3A00Z&to=2025-01-01T00%3A00%3A00Z&text=a%20b&limit=1&cursor=c",
        200, "{\"entries\":[%s],\"next\":\"d\"}".formatted(ENTRY));

    Run run =
        run(
            "audit",
            "search",
            "--artifact=p",
            "--version=v1.2.3",
            "--env=staging",
            "--user=ada",
            "--event=e",
            "--request=req-1",
            "--from=2024-01-01T00:00:00Z",
            "--to=2025-01-01T00:00:00Z",
            "--text=a b",
            "--limit=1",
            "--cursor=c");

    assertThat(run.out())
        .isEqualTo(
            """
            TIME                  EVENT                VERSION  FROM  TO       USER          REQUEST
            2024-01-15 10:30:00Z  promotion_requested  v1.2.3   dev   staging  ada@acme.com  req-1
            """);
    assertThat(run.err()).isEqualTo("More: --cursor d\n");
  }

  @Test
  void follows_the_trail_a_line_for_each_entry() {
    String events = "id: 1\ndata: %s\n\nid: 2\ndata: %s\n\n".formatted(ENTRY, ENTRY);
    floe.stream("GET /api/v1/audit/stream", events);

    Run table = run("audit", "tail", "--limit", "1");
    Run json = run("audit", "tail", "--limit", "3", "-o", "json");

    assertThat(table.out())
        .isEqualTo(
            "2024-01-15 10:30:00Z  promotion_requested  v1.2.3  dev → staging  ada@acme.com "
                + " req-1\n");
    assertThat(json.out().lines()).hasSize(3).allMatch(line -> line.equals(ENTRY));
    assertThat(floe.requests("GET", "/api/v1/audit/stream").getLast().header("Last-event-id"))
        .isEqualTo("2");
  }

  @Test
  void shows_nothing_of_what_others_wrote_that_could_command_a_terminal() {
    floe.on(
        "GET /api/v1/whoami",
        200,
        "{\"user\":\"a\\u001b[2Jb\\u0007\",\"kind\":\"user\",\"teams\":[\"t\"]}");

    assertThat(run("auth", "whoami").out()).isEqualTo("a\uFFFD[2Jb\uFFFD (user)\nTeams: t\n");
  }

  @Test
  void prints_the_one_time_url() {
    floe.on("POST /api/v1/sign-in-codes", 200, "{\"url\":\"http://127.0.0.1:1/sign-in?code=x\"}");

    assertThat(run("open").out()).isEqualTo("http://127.0.0.1:1/sign-in?code=x\n");
  }
}
