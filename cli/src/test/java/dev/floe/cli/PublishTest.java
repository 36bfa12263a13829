package dev.floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.Cli.Run;
import dev.floe.cli.FakeFloe.Request;
import dev.floe.cli.console.Terminals;
import dev.floe.cli.document.Documents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishTest {

  private static final String VERSIONS = "/api/v1/artifacts/floe-platform/versions";
  private static final String PUBLISHED =
      """
      {"artifact":"floe-platform","version":"v1.2.3","digest":"sha256:aa","size":3,\
      "ref":"oci://h/dev/floe-platform:v1.2.3-dev","tags":["v1.2.3-dev"]}\
      """;
  private static final String TAGGED =
      "{\"version\":\"v1.2.3\",\"tags\":[\"oci://h/dev/floe-platform:v1.2.3-dev\"]}";

  @TempDir Path folder;

  private final FakeFloe floe =
      FakeFloe.start()
          .on(
              "GET /api/v1/manifest",
              200,
              """
              {"manifest":{"artifact":["floe-platform"],"promotion":{"path":["dev","staging"]}}}\
              """)
          .on(
              "PUT " + VERSIONS + "/v1.2.3/files",
              201,
              "{\"digest\":\"sha256:aa\",\"size\":3,\"mediaType\":\"m\",\"ref\":\"r\"}")
          .on("POST " + VERSIONS, 202, PUBLISHED)
          .on("GET " + VERSIONS + "/v1.2.3", 200, "{\"version\":\"v1.2.3\",\"tags\":[]}")
          .on("GET " + VERSIONS + "/v1.2.3", 200, TAGGED);

  @AfterEach
  void stop() {
    floe.close();
  }

  @Test
  void streams_the_files_registers_the_digest_and_waits_for_the_tags() throws IOException {
    Files.createDirectories(folder.resolve("in/policies"));
    Files.writeString(folder.resolve("in/policies/a.yaml"), "a: 1");
    Files.writeString(folder.resolve("in/manifest.yaml"), "m");
    Files.writeString(folder.resolve("extra.txt"), "more");

    Run run =
        Cli.at(floe)
            .in(folder)
            .run(
                "platform",
                "publish",
                "v1.2.3-dev",
                "--from",
                "in",
                "extra.txt",
                "--annotation",
                "org.acme.team=data");

    assertThat(run.out())
        .isEqualTo(
            """
            Publishing v1.2.3 (manifest.yaml, policies, extra.txt)...
              ✓ Stored sha256:aa
              ✓ Tagged oci://h/dev/floe-platform:v1.2.3-dev
            """);
    Request upload = floe.requests("PUT", "/").getFirst();
    assertThat(upload.header("Content-type")).isEqualTo("application/x-tar");
    assertThat(upload.header("Floe-annotations")).isEqualTo("first-entry");
    assertThat(upload.header("Idempotency-key")).isNotNull();
    assertThat(entries(upload.bytes()))
        .isEqualTo(
            Map.of(
                "annotations.json",
                "{\"org.acme.team\":\"data\"}",
                "extra.txt",
                "more",
                "manifest.yaml",
                "m",
                "policies/",
                "",
                "policies/a.yaml",
                "a: 1"));
    assertThat(floe.requests("POST", "/").getFirst().text())
        .isEqualTo("{\"version\":\"v1.2.3\",\"digest\":\"sha256:aa\"}");
  }

  @Test
  void keeps_annotations_as_they_were_written() throws IOException {
    Files.writeString(folder.resolve("x.txt"), "x");

    Cli.at(floe)
        .in(folder)
        .run(
            "platform",
            "publish",
            "v1.2.3",
            "--annotation",
            "team=Größe",
            "--annotation=note=a\nb",
            "--annotation",
            "blanks=  x  ",
            "--annotation",
            "empty=",
            "--annotation",
            "long=" + "x".repeat(9_000),
            "--from",
            "x.txt");

    String json =
        String.valueOf(
            entries(floe.requests("PUT", "/").getFirst().bytes()).get("annotations.json"));
    assertThat(Documents.parse(json).members())
        .containsEntry("team", "Größe")
        .containsEntry("note", "a\nb")
        .containsEntry("blanks", "  x  ")
        .containsEntry("empty", "")
        .containsEntry("long", "x".repeat(9_000));
  }

  @Test
  void names_the_annotation_that_cannot_be_kept() throws IOException {
    Files.writeString(folder.resolve("x.txt"), "x");
    Map<String, String> wrong =
        Map.of(
            "note=\u001b[1m",
            "annotation note has a control character (U+001B) at position 1",
            "n=" + "x".repeat(40_000),
            "annotation n has 40000 bytes, and at most 32768 are kept",
            "ключ=x",
            "'ключ' cannot be an annotation's key",
            "nothing",
            "--annotation 'nothing' is not KEY=VALUE",
            "=x",
            "--annotation '=x' is not KEY=VALUE");

    wrong.forEach(
        (annotation, message) -> {
          Run run =
              Cli.at(floe)
                  .in(folder)
                  .run("platform", "publish", "v1.2.3", "--from=x.txt", "--annotation", annotation);

          assertThat(run.err()).contains(message);
          assertThat(run.exitCode()).isEqualTo(2);
        });
    assertThat(floe.requests("PUT", "/")).isEmpty();
  }

  @Test
  void shows_how_much_is_sent_on_a_terminal_alone() throws IOException {
    Files.createDirectories(folder.resolve("in/policies"));
    Files.writeString(folder.resolve("in/policies/a.yaml"), "a: 1");
    Cli cli = Cli.at(floe).in(folder);
    Cli terminal = cli.on(new Terminals(true, true, true));
    String[] words = {"platform", "publish", "v1.2.3", "--from", "in"};

    assertThat(terminal.run(words).err()).contains("Uploading v1.2.3... 4 B of 4 B (100 %");
    assertThat(cli.run(words).err()).isEmpty();
  }

  @Test
  void makes_the_same_bytes_of_the_same_files() throws IOException {
    Files.writeString(folder.resolve("x.txt"), "x");
    Cli cli = Cli.at(floe).in(folder);

    cli.run("platform", "publish", "v1.2.3", "--from", "x.txt");
    Files.setLastModifiedTime(
        folder.resolve("x.txt"), java.nio.file.attribute.FileTime.fromMillis(1));
    cli.run("platform", "publish", "v1.2.3", "--from", "x.txt");

    var uploads = floe.requests("PUT", "/");
    assertThat(uploads.get(0).body()).isEqualTo(uploads.get(1).body());
  }

  @Test
  void registers_what_the_registry_holds_when_no_files_are_given() {
    Run run = Cli.at(floe).run("platform", "publish", "v1.2.3", "-o", "json");

    assertThat(floe.requests("POST", "/").getFirst().text()).isEqualTo("{\"version\":\"v1.2.3\"}");
    assertThat(run.json().texts("tags")).containsExactly("oci://h/dev/floe-platform:v1.2.3-dev");
  }

  @Test
  void refuses_what_cannot_be_meant_before_anything_is_sent() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), folder);
    Cli cli = Cli.at(floe).in(folder);

    assertThat(cli.run("platform", "publish", "v1.2.3-staging").err())
        .contains("names staging, but versions are published in dev");
    assertThat(cli.run("platform", "publish", "1.2.3").err()).contains("[invalid-version]");
    assertThat(cli.run("platform", "publish", "v1.2.3", "--from", "gone").err())
        .contains("there is no file");
    assertThat(cli.run("platform", "publish", "v1.2.3", "--from", "link").err())
        .contains("neither a file nor a folder");
    assertThat(cli.run("platform", "publish", "v1.2.3", "more").exitCode()).isEqualTo(2);
    assertThat(floe.requests("PUT", "/")).isEmpty();
    assertThat(floe.requests("POST", "/")).isEmpty();
  }

  private static Map<String, String> entries(byte[] tar) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return entries;
  }
}
