package dev.floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.Cli.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResumeTest {

  private final FakeFloe floe =
      FakeFloe.start().on("POST /api/v1/artifacts/shop/resume", 202, "{\"artifact\":\"shop\"}");

  @AfterEach
  void stop() {
    floe.close();
  }

  @Test
  void asks_for_one_artifact_with_the_reason_and_says_where_to_look() {
    Run run = Cli.at(floe).run("platform", "resume", "shop", "--reason", "disk replaced");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Resumed shop").contains("floe doctor");
    assertThat(floe.requests().getFirst().text()).isEqualTo("{\"reason\":\"disk replaced\"}");
  }
}
