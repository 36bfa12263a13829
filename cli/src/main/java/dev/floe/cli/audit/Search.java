package dev.floe.cli.audit;

import dev.floe.cli.client.Query;
import dev.floe.cli.document.Doc;
import dev.floe.cli.picture.ListPicture;
import dev.floe.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code floe audit search}. */
@Command(
    name = "search",
    description = "Searches the trail, the newest entries first. --artifact is a filter here too.",
    footer = {
      "",
      "Examples:",
      "  floe audit search --version v1.2.3",
      "  floe audit search --user ada@acme.com --from 2026-01-15"
    })
public final class Search implements Callable<Integer> {

  private final Session session;

  @Option(names = "--version", paramLabel = "V", description = "Only entries of this version.")
  String version = "";

  @Option(
      names = "--env",
      paramLabel = "ENV",
      description = "Only entries from or to this environment.")
  String env = "";

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description =
          "Only what this person did. (Who asks stands before the command, or in FLOE_USER.)")
  String user = "";

  @Option(
      names = "--event",
      paramLabel = "NAME",
      description = "Only events of this name, such as promotion_requested.")
  String event = "";

  @Option(names = "--request", paramLabel = "ID", description = "Only entries of this request.")
  String request = "";

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Not before, such as 2026-01-15T10:30:00Z.")
  String from = "";

  @Option(names = "--to", paramLabel = "TIME", description = "Before.")
  String to = "";

  @Option(
      names = "--text",
      paramLabel = "WORDS",
      description = "Only entries that hold these words.")
  String text = "";

  @Option(names = "--limit", paramLabel = "N", description = "At most so many entries.")
  String limit = "";

  @Option(names = "--cursor", paramLabel = "CURSOR", description = "Goes on where a page ended.")
  String cursor = "";

  public Search(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Query query =
        Query.of("audit")
            .with("artifact", session.options().artifact)
            .with("version", version)
            .with("env", env)
            .with("user", user)
            .with("event", event)
            .with("request", request)
            .with("from", from)
            .with("to", to)
            .with("text", text)
            .with("limit", limit)
            .with("cursor", cursor);
    Doc page = session.api().get(query).body();
    session.console().result(page, () -> ListPicture.trail(page.docs("entries")));
    if (page.has("next")) {
      session.console().note("More: --cursor " + page.text("next"));
    }
    return 0;
  }
}
