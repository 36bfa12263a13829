package dev.floe.manifest;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a manifest.
 *
 * @param manifest null if there is any error
 */
public record Parsed(@Nullable Manifest manifest, List<Problem> problems) {

  public Parsed {
    problems = List.copyOf(problems);
  }

  /**
   * The same, as it counts where a manifest is put in force: settings that nothing acts on yet are
   * errors there.
   */
  public Parsed forUse() {
    return problems.stream().noneMatch(Problem::isNotSupportedYet)
        ? this
        : new Parsed(
            null,
            problems.stream()
                .map(problem -> problem.isNotSupportedYet() ? problem.asError() : problem)
                .toList());
  }

  public boolean ok() {
    return manifest != null;
  }

  public List<Problem> errors() {
    return problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).toList();
  }

  public List<Problem> warnings() {
    return problems.stream().filter(p -> p.severity() == Problem.Severity.WARNING).toList();
  }

  /**
   * The manifest, where a bad one was not expected.
   *
   * @throws IllegalArgumentException that lists every error
   */
  public Manifest orThrow() {
    if (manifest == null) {
      throw new IllegalArgumentException(
          errors().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
    return manifest;
  }
}
