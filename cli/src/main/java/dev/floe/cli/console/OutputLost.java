package dev.floe.cli.console;

import java.io.IOException;

/** Nobody gets what is printed: the reader has gone, or there is no room for it. */
public final class OutputLost extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What a program ends with that SIGPIPE ends, as a shell tells it. */
  private static final int BROKEN_PIPE = 141;

  OutputLost(IOException cause) {
    super("cannot write to standard output: " + cause.getMessage(), cause);
  }

  /** Whether a reader such as {@code head} has seen enough, which is no failure. */
  public boolean isReaderGone() {
    return String.valueOf(getMessage()).endsWith("Broken pipe");
  }

  public int exitCode() {
    return isReaderGone() ? BROKEN_PIPE : 1;
  }
}
