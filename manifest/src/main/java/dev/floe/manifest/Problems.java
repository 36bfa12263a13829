package dev.floe.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong while a manifest is read. */
final class Problems {

  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void error(@Nullable Node at, String message, String hint) {
    add(at, 0, Problem.Severity.ERROR, message, hint);
  }

  void warning(@Nullable Node at, String message, String hint) {
    add(at, 0, Problem.Severity.WARNING, message, hint);
  }

  /** An error inside a plain one-line value, so many characters after its start. */
  void error(Node at, int offset, String message, String hint) {
    add(at, offset, Problem.Severity.ERROR, message, hint);
  }

  void errorAt(int line, int column, String message, String hint) {
    add(line, column, Problem.Severity.ERROR, message, hint, ProblemCode.INVALID_MANIFEST);
  }

  /** A setting that nothing acts on yet: a warning about the text, and an error when applied. */
  void notSupportedYet(Node at, String setting) {
    Mark mark = at.getStartMark().orElse(null);
    add(
        mark == null ? 1 : mark.getLine() + 1,
        mark == null ? 1 : mark.getColumn() + 1,
        Problem.Severity.WARNING,
        setting + " is not supported yet",
        "remove it: floe does not apply a manifest that has it",
        ProblemCode.NOT_SUPPORTED_YET);
  }

  private void add(
      @Nullable Node at, int offset, Problem.Severity severity, String message, String hint) {
    int line = 1;
    int column = 1;
    if (at != null && at.getStartMark().isPresent()) {
      Mark mark = at.getStartMark().get();
      line = mark.getLine() + 1;
      column = mark.getColumn() + 1 + offset;
    }
    add(line, column, severity, message, hint, ProblemCode.INVALID_MANIFEST);
  }

  private void add(
      int line,
      int column,
      Problem.Severity severity,
      String message,
      String hint,
      ProblemCode code) {
    // What is quoted from the file is shown as far as it can be.
    found.add(
        new Problem(
            file,
            line,
            column,
            severity,
            FreeText.told(message),
            FreeText.told(hint),
            code.code()));
  }

  boolean hasErrors() {
    return found.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
  }

  List<Problem> inOrder() {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }
}
