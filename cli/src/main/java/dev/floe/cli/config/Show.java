package dev.floe.cli.config;

import dev.floe.cli.client.Query;
import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import dev.floe.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code floe config show}. */
@Command(
    name = "show",
    description = "Shows the manifest in force, without its secrets.",
    footer = {
      "",
      "Examples:",
      "  floe config show",
      "  floe config show --at 2026-01-15T10:30:00Z"
    })
public final class Show implements Callable<Integer> {

  private final Session session;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "The one that was in force then, such as 2026-01-15T10:30:00Z.")
  String at = "";

  public Show(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Doc answer = session.api().get(Query.of("manifest").with("at", at)).body();
    session.console().result(answer, () -> yaml(answer));
    return 0;
  }

  private static List<String> yaml(Doc answer) {
    Doc manifest = answer.has("manifest") ? answer.doc("manifest") : answer;
    String head =
        answer.has("revision") ? "# revision %s\n".formatted(answer.text("revision")) : "";
    return (head + Documents.yaml(manifest)).lines().toList();
  }
}
