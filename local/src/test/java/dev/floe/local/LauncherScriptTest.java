package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The {@code floe} script, as it stands in a distribution, with a JDK that shows what it is told.
 */
class LauncherScriptTest {

  @TempDir Path root;

  /** What Java makes of the arguments and of the names in the folder that the first one names. */
  static final class Names {

    private Names() {}

    public static void main(String[] arguments) throws IOException {
      var out = new PrintStream(System.out, true, UTF_8);
      Stream.of(arguments).forEach(out::println);
      try (var files = Files.list(Path.of(arguments[0]))) {
        files.forEach(file -> out.println(file.getFileName()));
      }
    }
  }

  @BeforeEach
  void install() throws IOException {
    Files.copy(Path.of("../floe"), root.resolve("floe"));
    Files.createDirectories(root.resolve("lib"));
    Files.createDirectories(root.resolve("jdk/bin"));
    Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    program("javac", "");
    program("java", "printf '%s\\n' \"$@\"; echo LC_ALL=$LC_ALL");
  }

  private void program(String name, String text) throws IOException {
    Path file =
        Files.writeString(root.resolve("jdk/bin").resolve(name), "#!/bin/sh\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** Runs what a person would type at a shell that has these variables and no others. */
  private Shell run(Map<String, String> environment, String typed)
      throws IOException, InterruptedException {
    Path err = root.resolve("err");
    var builder = new ProcessBuilder("/bin/sh", "-c", typed).directory(root.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
    builder.environment().putAll(environment);
    Process shell = builder.redirectError(err.toFile()).start();
    String out = new String(shell.getInputStream().readAllBytes(), UTF_8);
    return new Shell(shell.waitFor(), out, Files.readString(err));
  }

  @Test
  void needs_no_home() throws Exception {
    Shell run = run(Map.of(), "./floe platform list");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("dev.floe.local.Launcher\nplatform\nlist\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C", "POSIX", "xx_YY.UTF-8", "C.UTF-8"})
  void names_and_texts_are_utf8_in_every_locale(String locale) throws Exception {
    String java =
        """
        while [ "$1" != dev.floe.local.Launcher ]; do shift; done
        shift
        exec '%s/bin/java' -XX:TieredStopAtLevel=1 -cp '%s' '%s' "$@"
        """
            .formatted(
                System.getProperty("java.home"),
                Path.of(Names.class.getProtectionDomain().getCodeSource().getLocation().toURI()),
                Names.class.getName());
    program("java", java);

    Shell run =
        run(
            locale.isEmpty() ? Map.of() : Map.of("LC_ALL", locale),
            "mkdir in; : > in/日本語.txt; ./floe in größer");

    assertThat(run.out()).isEqualTo("in\ngrößer\n日本語.txt\n");
  }

  @Test
  void a_closed_output_is_told_and_never_reused() throws Exception {
    Shell closed = run(Map.of(), "./floe config sample >&-");

    assertThat(closed.err()).isEqualTo("error: cannot write to standard output: it is closed\n");
    assertThat(closed.exitCode()).isEqualTo(1);
    assertThat(run(Map.of(), "./floe config sample 2>&- <&-").exitCode()).isZero();
  }
}
