package dev.floe.manifest;

/**
 * Something wrong with a manifest, and how to put it right.
 *
 * @param line counted from 1
 * @param column counted from 1
 * @param code {@code invalid-manifest}, or {@code not-supported-yet} for a setting that is correct
 *     but that nothing acts on yet
 */
public record Problem(
    String file,
    int line,
    int column,
    Severity severity,
    String message,
    String hint,
    String code) {

  /** Whether the manifest is refused. */
  public enum Severity {
    ERROR,
    WARNING
  }

  /** Whether the setting is correct, but this release does not act on it. */
  public boolean isNotSupportedYet() {
    return code.equals(ProblemCode.NOT_SUPPORTED_YET.code());
  }

  /** The same problem as a reason to refuse the manifest. */
  Problem asError() {
    return new Problem(file, line, column, Severity.ERROR, message, hint, code);
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
