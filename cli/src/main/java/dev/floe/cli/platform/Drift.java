package dev.floe.cli.platform;

import dev.floe.cli.client.Query;
import dev.floe.cli.document.Doc;
import dev.floe.cli.picture.Grid;
import dev.floe.cli.session.Session;
import dev.floe.manifest.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code floe platform drift}. */
@Command(
    name = "drift",
    description =
        "Compares the tags in the registries with the log, now. Ends with 21 where they differ, and"
            + " with 5 where a registry could not be read.",
    footer = {"", "Example:", "  floe platform drift -o json"})
public final class Drift implements Callable<Integer> {

  private final Session session;

  public Drift(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Doc check =
        session
            .api()
            .post(Query.of("artifacts", session.artifact(), "tag-checks"), Map.of())
            .body();
    session.console().result(check, () -> picture(check));
    if (!check.docs("findings").isEmpty()) {
      return ProblemCode.DIGEST_MISMATCH.exitCode();
    }
    return check.docs("unread").isEmpty() ? 0 : ProblemCode.REGISTRY_UNREACHABLE.exitCode();
  }

  private static List<String> picture(Doc check) {
    Grid grid = new Grid("TAG", "REGISTRY", "IS", "BY THE LOG", "IN THE REGISTRY");
    for (Doc finding : check.docs("findings")) {
      grid.add(
          finding.text("ref"),
          finding.text("registry"),
          finding.text("kind"),
          finding.text("expected", "-"),
          finding.text("found", "-"));
    }
    List<String> lines = new ArrayList<>();
    for (Doc place : check.docs("unread")) {
      lines.add(
          "✗ %s (%s, %s) could not be read: %s"
              .formatted(
                  place.text("repository"),
                  place.text("environment"),
                  place.text("registry"),
                  place.text("message")));
    }
    int repositories = check.texts("repositories").size();
    if (repositories > 0 || lines.isEmpty()) {
      lines.addAll(
          grid.lines(
              "✓ Every tag in %d %s matches the log"
                  .formatted(repositories, repositories == 1 ? "repository" : "repositories")));
    }
    return lines;
  }
}
