package dev.floe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.cli.Cli.Run;
import dev.floe.cli.client.Tar;
import dev.floe.cli.console.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with this machine's files is told as that, and never as a server out of reach. */
class LocalFilesTest {

  @TempDir Path folder;

  private final FakeFloe floe = FakeFloe.start().on("GET /api/v1/manifest", 404, "");

  @AfterEach
  void stop() {
    floe.close();
  }

  private Run publish(String... from) {
    String[] words = new String[4 + from.length];
    System.arraycopy(new String[] {"platform", "publish", "v1.0.0", "--from"}, 0, words, 0, 4);
    System.arraycopy(from, 0, words, 4, from.length);
    return Cli.at(floe).in(folder).run(words);
  }

  private void refused(Run run, String... says) {
    assertThat(run.err()).contains(says).doesNotContain("cannot reach");
    assertThat(run.exitCode()).isEqualTo(2);
    // A body that breaks off is no request: nobody takes half of it for the whole.
    assertThat(floe.requests("PUT", "/")).isEmpty();
  }

  @Test
  void a_file_whose_size_is_not_true_is_refused() {
    Path cpus = Path.of("/proc/cpuinfo");
    Assumptions.assumeTrue(Files.exists(cpus));

    refused(publish(cpus.toString()), "/proc/cpuinfo was to have 0 bytes and has more");
  }

  @Test
  void a_file_that_changes_while_it_is_read_is_refused() throws IOException {
    Path a = Files.writeString(folder.resolve("a"), "aaaa");
    Path b = Files.writeString(folder.resolve("b"), "bbbb");

    for (String other : List.of("bbbbb", "bbb")) {
      Files.writeString(b, "bbbb");
      assertThatThrownBy(() -> meanwhile(a, b, () -> write(b, other)))
          .isInstanceOf(Failure.class)
          .hasMessageContaining(b + " was to have");
    }
    Files.writeString(b, "bbbb");
    assertThatThrownBy(() -> meanwhile(a, b, () -> Files.delete(b)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot read %s: there is no such file".formatted(b));
  }

  /** Writes both, and does something in the very moment in which b is announced. */
  private static void meanwhile(Path a, Path b, DoneMeanwhile step) throws IOException {
    OutputStream out =
        new OutputStream() {
          private boolean done;

          @Override
          public void write(int c) throws IOException {}

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            String text = new String(bytes, offset, length, StandardCharsets.US_ASCII);
            if (!done && text.startsWith("b\0")) {
              done = true;
              step.run();
            }
          }
        };
    Tar.of(List.of(a, b)).writeTo(out, Map.of(), _ -> {});
  }

  private interface DoneMeanwhile {
    void run() throws IOException;
  }

  private static void write(Path file, String text) throws IOException {
    var _ = Files.writeString(file, text);
  }

  @Test
  void what_is_no_file_is_refused_by_name() throws IOException, InterruptedException {
    Files.createSymbolicLink(folder.resolve("round"), folder.resolve("round"));
    new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor();

    refused(publish("round"), "/round is neither a file nor a folder");
    refused(publish("pipe"), "/pipe is neither a file nor a folder");
    refused(publish("/dev/null"), "/dev/null is neither a file nor a folder");
    refused(publish("gone"), "there is no file", "/gone");
    refused(publish("a\0b"), "is not a path");
  }

  @Test
  void a_name_that_is_not_utf8_is_refused_and_not_changed() throws Exception {
    // Two names that become one when they are read as UTF-8.
    String make =
        "mkdir -p in; printf 1 > \"$(printf 'in/caf\\351')\"; printf 2 > \"$(printf"
            + " 'in/caf\\350')\"";
    new ProcessBuilder("sh", "-c", make).directory(folder.toFile()).start().waitFor();

    refused(publish("in"), "the name of ", "/in/caf", "is not UTF-8");
  }

  @Test
  void a_manifest_is_read_in_utf8_and_not_without_end() throws IOException {
    Files.write(folder.resolve("latin1.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
    Cli cli = Cli.alone().in(folder);

    assertThat(cli.run("config", "validate", "latin1.yaml").err()).contains("is not UTF-8");
    assertThat(cli.run("config", "validate", "/dev/zero").err()).contains("longer than");
    assertThat(cli.run("config", "validate", ".").err()).contains("cannot read .:");
    assertThat(cli.run("config", "validate", ".").exitCode()).isEqualTo(2);
  }
}
