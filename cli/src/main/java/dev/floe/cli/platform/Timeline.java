package dev.floe.cli.platform;

import dev.floe.cli.client.Query;
import dev.floe.cli.document.Doc;
import dev.floe.cli.picture.ListPicture;
import dev.floe.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code floe platform timeline}. */
@Command(
    name = "timeline",
    description = "Shows a version's way through the environments.",
    footer = {"", "Example:", "  floe platform timeline v1.2.3"})
public final class Timeline implements Callable<Integer> {

  private final Session session;

  @Parameters(paramLabel = "<version>", description = "The version.")
  String version = "";

  public Timeline(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String plain = session.version(version).version().toString();
    Doc timeline =
        session
            .api()
            .get(Query.of("artifacts", session.artifact(), "versions", plain, "timeline"))
            .body();
    session.console().result(timeline, () -> ListPicture.timeline(timeline));
    return 0;
  }
}
