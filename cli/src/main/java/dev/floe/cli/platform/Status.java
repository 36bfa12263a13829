package dev.floe.cli.platform;

import dev.floe.cli.client.EventStream;
import dev.floe.cli.client.Identity;
import dev.floe.cli.client.Pause;
import dev.floe.cli.client.Query;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.picture.StatusPicture;
import dev.floe.cli.session.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code floe platform status}. */
@Command(
    name = "status",
    description = "Shows what is live in every environment, what waits and what was before.")
public final class Status implements Callable<Integer> {

  private static final Duration RECONNECT = Duration.ofSeconds(1);

  private final Session session;

  @Parameters(paramLabel = "<env>", arity = "0..1", description = "Only this environment.")
  String named = "";

  @Option(
      names = "--environment",
      paramLabel = "all|ENV",
      description = "The same as an option; all shows every environment.")
  String environment = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "As it stood then, such as 2026-01-15T10:30:00Z.")
  String at = "";

  @Option(names = "--watch", description = "Shows it anew whenever something changes.")
  boolean watch;

  public Status(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (watch && !at.isEmpty()) {
      throw Failure.usage("--watch and --at were given", "What was does not change: leave one out.");
    }
    if (session.identity(session.target()) instanceof Identity.Embedded) {
      session
          .console()
          .note("Embedded identity: names are taken on trust of whoever reads the key file.");
    }
    if (watch) {
      return watching();
    }
    Doc status = read();
    session.console().result(status, () -> picture(status));
    return 0;
  }

  private Doc read() {
    String only = environment.isEmpty() ? named : environment;
    Query query = only.isEmpty() || only.equals("all") ? Query.of("status") : Query.of("status", only);
    return session
        .api()
        .get(query.with("artifact", session.options().artifact).with("at", at))
        .body();
  }

  private List<String> picture(Doc status) {
    return new StatusPicture(status, session.environments(), session.now()).lines();
  }

  private int watching() {
    show();
    while (!session.console().outputIsClosed()) {
      try (EventStream events = session.api().events(Query.of("status", "stream"), "")) {
        while (events.next().isPresent() && !session.console().outputIsClosed()) {
          show();
        }
      } catch (IOException _) {
        // A stream that broke is opened anew; a server that is gone says so when asked.
      }
      Pause.of(RECONNECT);
    }
    return 0;
  }

  private void show() {
    Doc status = read();
    session.console().clearScreen();
    session.console().item(status, () -> picture(status));
  }
}
