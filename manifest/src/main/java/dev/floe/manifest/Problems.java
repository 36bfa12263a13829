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
    found.add(new Problem(file, line, column, Problem.Severity.ERROR, message, hint));
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
    found.add(new Problem(file, line, column, severity, message, hint));
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
