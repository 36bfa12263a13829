package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.FloeCommand;
import dev.floe.cli.console.CliIo;
import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import dev.floe.cli.session.GlobalOptions;
import dev.floe.cli.session.Session;
import dev.floe.embedded.folder.LoopbackPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the options of {@code up} and {@code down} is said before anything starts. */
class UpOptionsTest {

  @TempDir Path root;

  private Shell run(String... command) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var io =
        CliIo.captured(
            out,
            new PrintStream(err, true, UTF_8),
            Map.of("FLOE_DATA", root.resolve("data").toString()));
    int exitCode = FloeCommand.run(command, io, Launcher.OWN);
    return new Shell(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  private void refused(Shell run, String says) {
    assertThat(run.err()).startsWith("error: ").contains(says).contains("\nhint: ");
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(root.resolve("data")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"70000", "-1", "65536"})
  void a_port_that_is_none_is_refused(String port) {
    refused(run("up", "--port", port), "--port %s is not a port".formatted(port));
    refused(run("up", "--port", port, "--detach"), "--port %s is not a port".formatted(port));
  }

  @Test
  void a_manifest_that_cannot_be_read_is_refused() {
    refused(run("up", "--manifest", "/nope"), "cannot read /nope: there is no such file");
    refused(run("up", "--detach", "--manifest", "/"), "cannot read /: it is not a file");
    refused(run("up", "--manifest", ""), "--manifest is empty");
    refused(run("up", "--port", "x"), "--port");
  }

  @Test
  void a_folder_that_cannot_be_used_is_refused() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "");

    refused(run("up", "--data", file.toString()), file + " is a file");
    refused(run("up", "--data", file.resolve("in").toString()), file + " is a file");
    refused(run("up", "--data", ""), "--data is empty");
  }

  @Test
  void a_full_disk_is_told_in_words() {
    var deep =
        new IllegalStateException(
            new UncheckedIOException(new IOException("write: No space left on device")));

    assertThat(UpOptions.isNoSpace(deep)).isTrue();
    assertThat(UpOptions.isNoSpace(new IllegalStateException("other"))).isFalse();
    assertThat(UpOptions.noSpace(root)).hasMessageContaining("no room on the disk of " + root);
  }

  @Test
  void port_0_is_the_folders_last_one_or_a_free_one() throws IOException {
    int last = LoopbackPort.free();
    UpOptions.remember(last, root);

    assertThat(UpOptions.chosen(8_123, root)).isEqualTo(8_123);
    assertThat(UpOptions.chosen(0, root)).isEqualTo(last);
    assertThat(UpOptions.chosen(0, root.resolve("new"))).isPositive();
    try (var _ = new ServerSocket(last, 1, InetAddress.getLoopbackAddress())) {
      assertThat(UpOptions.chosen(0, root)).isPositive().isNotEqualTo(last);
    }
  }

  @Test
  void they_speak_like_every_command() throws IOException {
    Shell down = run("down", "-o", "json");

    assertThat(Documents.parse(down.out()).doc("error").text("code")).isEqualTo("not-found");
    assertThat(down.exitCode()).isEqualTo(3);
    assertThat(Documents.parse(run("up", "--port=-1", "-o", "json").out()).number("exitCode"))
        .isEqualTo(2);
    assertThat(run("up", "--prot", "1").err()).contains("Did you mean --port?");
    for (String command : new String[] {"up", "down", "demo"}) {
      assertThat(run(command, "--help").out())
          .startsWith("Usage: floe " + command)
          .contains("\nOptions of every command:\n")
          .contains("  floe " + command)
          .isEqualTo(run("help", command).out());
    }
    assertThat(run("completion", "fish").out()).contains("-l detach").contains("-l keep");
  }

  @Test
  void what_is_to_be_pasted_is_quoted() {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
    var options = new GlobalOptions();
    options.data = "a b";
    Doc running = new Doc(Map.of("url", "http://h", "data", "/tmp/it's a b"));

    try (var session = new Session(CliIo.captured(nowhere, nowhere, Map.of()), options)) {
      assertThat(Running.lines(running, session))
          .contains("  export FLOE_DATA='/tmp/it'\\''s a b'");
    }
    assertThat(ShellWord.of("/plain/path-1.0_x")).isEqualTo("/plain/path-1.0_x");
    assertThat(ShellWord.of("")).isEqualTo("''");
  }
}
