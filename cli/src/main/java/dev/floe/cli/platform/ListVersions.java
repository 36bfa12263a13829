package dev.floe.cli.platform;

import dev.floe.cli.client.Query;
import dev.floe.cli.document.Doc;
import dev.floe.cli.picture.ListPicture;
import dev.floe.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code floe platform list}. */
@Command(
    name = "list",
    description = "Lists versions, the newest first.",
    footer = {
      "",
      "Examples:",
      "  floe platform list --environment=prod",
      "  floe platform list --constraint 'v1.2.*'"
    })
public final class ListVersions implements Callable<Integer> {

  private final Session session;

  @Option(
      names = "--environment",
      paramLabel = "ENV",
      description = "Only versions that are or were there.")
  String environment = "";

  @Option(
      names = "--constraint",
      paramLabel = "RANGE",
      description = "Only versions that match: v1.2.*, or bounds such as >=v1.0.0,<v2.0.0.")
  String constraint = "";

  public ListVersions(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Query query =
        Query.of("artifacts", session.artifact(), "versions")
            .with("environment", environment.equals("all") ? "" : environment)
            .with("constraint", constraint);
    Doc page = session.api().get(query).body();
    session.console().result(page, () -> ListPicture.versions(page));
    return 0;
  }
}
