package dev.floe.cli.config;

import dev.floe.cli.console.Console;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.session.Session;
import dev.floe.manifest.Parsed;
import dev.floe.manifest.Problem;
import dev.floe.manifest.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code floe config validate}. */
@Command(
    name = "validate",
    description = "Says what is wrong with a manifest; needs no server.",
    footer = {"", "Example:", "  floe config validate manifest.yaml"})
public final class Validate implements Callable<Integer> {

  private final Session session;

  @Parameters(paramLabel = "FILE", description = "The manifest; - reads standard input.")
  String file = "";

  public Validate(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ManifestFile manifest = ManifestFile.read(file, session.io());
    Parsed parsed = manifest.parsed();
    Doc problems = ManifestFile.document(parsed.problems());
    Console console = session.console();
    if (parsed.ok()) {
      console.result(problems, () -> valid(manifest, parsed));
      return 0;
    }
    parsed.problems().forEach(problem -> console.told(problem.toString()));
    throw Failure.of(
            ProblemCode.INVALID_MANIFEST,
            "%s has %d error(s)".formatted(manifest.name(), parsed.errors().size()),
            "docs/manifest.md describes every key.")
        .withAll(problems);
  }

  private static List<String> valid(ManifestFile manifest, Parsed parsed) {
    List<String> lines =
        new ArrayList<>(parsed.problems().stream().map(Problem::toString).toList());
    lines.add(manifest.name() + " is valid");
    return lines;
  }
}
