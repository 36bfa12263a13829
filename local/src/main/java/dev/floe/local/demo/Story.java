package dev.floe.local.demo;

import dev.floe.cli.FloeCommand;
import dev.floe.cli.console.CliIo;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Types commands as a person would, shows what they say, and insists on how they end. */
final class Story {

  /** A command ended otherwise than the story tells. */
  static final class WentWrong extends RuntimeException {
    WentWrong(String message) {
      super(message);
    }
  }

  private final PrintStream out;
  private final Path data;

  Story(PrintStream out, Path data) {
    this.out = out;
    this.data = data;
  }

  void tell(String text) {
    out.println();
    out.println("# " + text);
  }

  /** Runs {@code floe words…} as {@code user}; what it printed to stdout. */
  String type(String user, int expectedExit, String... words) {
    out.println("$ floe " + String.join(" ", words) + "    (as " + user + ")");
    return run(out, user, expectedExit, words);
  }

  /** Runs a command without showing it. */
  String ask(String user, String... words) {
    return run(new PrintStream(OutputStream.nullOutputStream()), user, 0, words);
  }

  private String run(PrintStream shown, String user, int expectedExit, String... words) {
    var copy = new ByteArrayOutputStream();
    var printed = new PrintStream(new Twice(shown, copy), true, StandardCharsets.UTF_8);
    var io =
        CliIo.captured(
            printed,
            shown,
            Map.of(
                "FLOE_DATA", data.toString(),
                "FLOE_USER", user,
                "HOME", System.getProperty("user.home")));
    int exit = FloeCommand.run(words, io);
    shown.flush();
    if (exit != expectedExit) {
      throw new WentWrong(
          "'floe %s' ended with exit code %d instead of %d"
              .formatted(String.join(" ", List.of(words)), exit, expectedExit));
    }
    if (exit != 0) {
      shown.println("(exit code " + exit + ")");
    }
    return copy.toString(StandardCharsets.UTF_8);
  }

  /** Writes to both. */
  private static final class Twice extends OutputStream {
    private final OutputStream one;
    private final OutputStream other;

    Twice(OutputStream one, OutputStream other) {
      this.one = one;
      this.other = other;
    }

    @Override
    public void write(int b) throws java.io.IOException {
      one.write(b);
      other.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws java.io.IOException {
      one.write(bytes, offset, length);
      other.write(bytes, offset, length);
    }

    @Override
    public void flush() throws java.io.IOException {
      one.flush();
    }
  }
}
