package dev.floe.manifest;

/**
 * Something wrong with a manifest, and how to put it right.
 *
 * @param line counted from 1
 * @param column counted from 1
 */
public record Problem(
    String file, int line, int column, Severity severity, String message, String hint) {

  /** Whether the manifest is refused. */
  public enum Severity {
    ERROR,
    WARNING
  }

  /** {@code file:line:column: error: message (hint)}, as compilers print it. */
  @Override
  public String toString() {
    String text =
        "%s:%d:%d: %s: %s"
            .formatted(
                file, line, column, severity == Severity.ERROR ? "error" : "warning", message);
    return hint.isEmpty() ? text : text + " (" + hint + ")";
  }
}
