package dev.floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.Cli.Run;
import dev.floe.kernel.Requirement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TagTest {

  private static final String AUDIT =
      "GET /api/v1/audit?artifact=floe-platform&version=v1.2.3&event=%s&limit=20";
  private static final String EARLIER =
      """
      {"entries":[{"details":{"intent":2,"refs":["h/prod/floe-platform:v1.2.3-prod"]}},\
      {"details":{"intent":3,"promotion":"req-1","refs":["h/prod/floe-platform:v1.2.3-prod"]}}]}\
      """;

  private final FakeFloe floe =
      FakeFloe.start()
          .on("GET /api/v1/manifest", 200, "{\"manifest\":{\"artifact\":[\"floe-platform\"]}}")
          .on(
              "POST /api/v1/artifacts/floe-platform/versions/v1.2.3/tags",
              202,
              "{\"repair\":3,\"version\":\"v1.2.3\"}");

  @AfterEach
  void stop() {
    floe.close();
  }

  @Test
  @Requirement("327.4")
  void takes_the_end_of_its_own_repair_for_its_answer_and_no_other() {
    floe.on(AUDIT.formatted("tags_assigned"), 200, EARLIER)
        .on(
            AUDIT.formatted("tag_assignment_failed"),
            200,
            """
            {"entries":[{"details":{"intent":3,"trouble":"registry-unreachable","message":"No answer."}}]}\
            """);

    Run run = Cli.at(floe).run("platform", "tag", "v1.2.3", "prod");

    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: No answer. [registry-unreachable]\n");
    assertThat(run.exitCode()).isEqualTo(5);
  }

  @Test
  @Requirement("327.4")
  void names_the_tags_that_its_repair_set() {
    floe.on(AUDIT.formatted("tags_assigned"), 200, EARLIER.replace("\"intent\":2", "\"intent\":3"));

    Run run = Cli.at(floe).run("platform", "tag", "v1.2.3", "prod");

    assertThat(run.out()).isEqualTo("  ✓ Tagged h/prod/floe-platform:v1.2.3-prod\n");
    assertThat(run.exitCode()).isZero();
  }
}
