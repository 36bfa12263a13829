package dev.floe.cli.config;

import dev.floe.cli.client.Payload;
import dev.floe.cli.client.Query;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.session.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code floe config apply}. */
@Command(
    name = "apply",
    description = "Puts a manifest in force.",
    footer = {
      "",
      "Examples:",
      "  floe config apply manifest.yaml",
      "  floe config apply manifest.yaml --revision 3"
    })
public final class Apply implements Callable<Integer> {

  private final Session session;

  @Parameters(paramLabel = "FILE", description = "The manifest; - reads standard input.")
  String file = "";

  @Option(
      names = "--revision",
      paramLabel = "N",
      description = "Only if this revision is in force, so that nobody's change is lost.")
  String revision = "";

  @Option(names = "--allow-empty", description = "Even if it takes away all gates or all teams.")
  boolean allowEmpty;

  public Apply(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ManifestFile manifest = ManifestFile.read(file, session.io());
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Floe-File", List.of(manifest.name()));
    if (!revision.isEmpty()) {
      headers.put("If-Match", List.of("\"" + revision + "\""));
    }
    // A refused manifest is on record too, so the server judges it, not this command.
    try {
      Doc applied =
          session
              .api()
              .put(where(), Payload.text("application/yaml", manifest.text()), headers)
              .body();
      applied.docs("problems").forEach(warning -> session.console().note(manifest.line(warning)));
      session
          .console()
          .result(applied, () -> List.of("Applied manifest revision " + applied.text("revision")));
      return 0;
    } catch (Failure refused) {
      refused.about().docs("problems").stream()
          .filter(problem -> !problem.text("severity").equalsIgnoreCase("warning"))
          .forEach(problem -> session.console().told(manifest.line(problem)));
      throw refused;
    }
  }

  private Query where() {
    return Query.of("manifest").with("allowEmpty", allowEmpty ? "true" : "");
  }
}
