package dev.floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.Cli.Run;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.SampleManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Requirement("326.5")
class ConfigTest {

  @TempDir Path folder;

  private void write(String yaml) throws IOException {
    Files.writeString(folder.resolve("m.yaml"), yaml);
  }

  @Test
  void prints_a_sample_that_it_finds_valid_itself() throws IOException {
    Run sample = Cli.alone().run("config", "sample", "--port", "9999");
    write(sample.out());

    Run valid = Cli.alone().in(folder).run("config", "validate", "m.yaml");
    Run piped = Cli.alone().reading(sample.out()).run("config", "validate", "-");

    assertThat(sample.out()).isEqualTo(SampleManifest.yaml(9999));
    assertThat(valid.out()).isEqualTo("m.yaml is valid\n");
    assertThat(valid.exitCode()).isZero();
    assertThat(piped.exitCode()).isZero();
    assertThat(Cli.alone().run("config", "sample", "-o", "json").json().text("artifact"))
        .isEqualTo("floe-platform");
  }

  @Test
  void names_file_line_column_and_the_fix_of_what_is_wrong() throws IOException {
    write("artifact: p\nenvironmets: {}\n");

    Run table = Cli.alone().in(folder).run("config", "validate", "m.yaml");
    Run json = Cli.alone().in(folder).run("config", "validate", "m.yaml", "-o", "json");

    assertThat(table.out()).contains("m.yaml:2:1: error: ").contains("environments");
    assertThat(table.exitCode()).isEqualTo(2);
    assertThat(json.json().docs("problems"))
        .filteredOn(problem -> problem.text("severity").equals("error"))
        .allSatisfy(problem -> assertThat(problem.number("line")).isEqualTo(2))
        .isNotEmpty();
    assertThat(json.json().doc("error").text("code")).isEqualTo("invalid-manifest");
    assertThat(json.json().number("exitCode")).isEqualTo(2);
  }

  @Test
  void applies_a_manifest_over_the_revision_that_was_seen() throws IOException {
    write("artifact: p\n");
    try (FakeFloe floe =
        FakeFloe.start()
            .on(
                "PUT /api/v1/manifest",
                200,
                """
                {"revision":3,"problems":[{"file":"m.yaml","line":1,"column":1,"severity":"warning",\
                "message":"nothing","hint":"add"}]}""")) {

      Run run = Cli.at(floe).in(folder).run("config", "apply", "m.yaml", "--revision", "2");

      assertThat(run.out()).isEqualTo("Applied manifest revision 3\n");
      assertThat(run.err()).isEqualTo("m.yaml:1:1: warning: nothing (add)\n");
      var request = floe.requests("PUT", "/").getFirst();
      assertThat(request.text()).isEqualTo("artifact: p\n");
      assertThat(request.header("Content-type")).isEqualTo("application/yaml");
      assertThat(request.header("If-match")).isEqualTo("\"2\"");
      assertThat(request.header("Floe-file")).isEqualTo("m.yaml");
    }
  }

  @Test
  void shows_what_the_server_refuses_a_manifest_for() throws IOException {
    write("x");
    try (FakeFloe floe =
        FakeFloe.start()
            .on(
                "PUT /api/v1/manifest",
                422,
                """
                {"code":"invalid-manifest","detail":"The manifest has 1 error.","hint":"","exitCode":2,\
                "extra":{"problems":[{"line":1,"column":1,"severity":"error","message":"no mapping","hint":""}]}}""")) {

      Run run = Cli.at(floe).in(folder).run("config", "apply", "m.yaml");
      Run json = Cli.at(floe).in(folder).run("config", "apply", "m.yaml", "-o", "json");

      assertThat(run.out()).isEqualTo("m.yaml:1:1: error: no mapping\n");
      assertThat(run.err()).isEqualTo("error: The manifest has 1 error. [invalid-manifest]\n");
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(json.json().docs("problems")).hasSize(1);
    }
  }

  @Test
  void shows_the_manifest_in_force() {
    try (FakeFloe floe =
        FakeFloe.start()
            .on(
                "GET /api/v1/manifest?at=2024-01-01T00%3A00%3A00Z",
                200, "{\"revision\":3,\"manifest\":{\"artifact\":[\"p\"]}}")) {

      Run run = Cli.at(floe).run("config", "show", "--at=2024-01-01T00:00:00Z");

      assertThat(run.out()).isEqualTo("# revision 3\nartifact:\n- p\n");
    }
  }

  @Test
  void says_that_there_is_no_such_file() {
    Run run = Cli.alone().in(folder).run("config", "validate", "gone.yaml");

    assertThat(run.err()).contains("there is no file gone.yaml").contains("floe config sample");
    assertThat(run.exitCode()).isEqualTo(2);
  }
}
