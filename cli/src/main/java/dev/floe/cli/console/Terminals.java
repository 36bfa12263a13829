package dev.floe.cli.console;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which of the three streams a person sits at. */
public record Terminals(boolean in, boolean out, boolean err) {

  /** No person anywhere: pipes and files. */
  public static final Terminals NONE = new Terminals(false, false, false);

  /** Those of this process. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 answers null again.
  public static Terminals ofProcess() {
    if (Files.isDirectory(Path.of("/proc/self/fd"))) {
      return new Terminals(isTerminal(0), isTerminal(1), isTerminal(2));
    }
    // Elsewhere the JDK only tells about input and output together.
    @Nullable Console console = System.console();
    boolean all = console != null && console.isTerminal();
    return new Terminals(all, all, all);
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException _) {
      return false;
    }
  }
}
