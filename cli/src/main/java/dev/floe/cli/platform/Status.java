package dev.floe.cli.platform;

import dev.floe.cli.client.EventStream;
import dev.floe.cli.client.EventStream.Event;
import dev.floe.cli.client.Identity;
import dev.floe.cli.client.Pause;
import dev.floe.cli.client.Probe;
import dev.floe.cli.client.Query;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import dev.floe.cli.follow.Outage;
import dev.floe.cli.picture.StatusPicture;
import dev.floe.cli.session.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code floe platform status}. */
@Command(
    name = "status",
    description = "Shows what is live in every environment, what waits and what was before.",
    footer = {"", "Examples:", "  floe platform status", "  floe platform status prod --watch"})
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
      throw Failure.usage(
          "--watch and --at were given", "The past does not change; leave one of them out.");
    }
    if (session.identity(session.target()) instanceof Identity.Embedded) {
      session
          .console()
          .note("Embedded identity: whoever can read the key file can act under any name.");
    }
    if (watch) {
      return watching();
    }
    Doc status = read();
    session.console().result(status, () -> picture(status));
    if (at.isEmpty()) {
      Probe.troubles(session.target().url().toString()).forEach(session.console()::note);
    }
    return 0;
  }

  private Doc read() {
    Query query = only().isEmpty() ? Query.of("status") : Query.of("status", only());
    return session
        .api()
        .get(query.with("artifact", session.options().artifact).with("at", at))
        .body();
  }

  private List<String> picture(Doc status) {
    return new StatusPicture(status, session.environments(), session.now()).lines();
  }

  private int watching() {
    Query stream =
        Query.of("status", "stream")
            .with("artifact", session.options().artifact)
            .with("environment", only());
    Outage outage = new Outage(session.console());
    while (true) {
      try (EventStream events = session.api().events(stream, "")) {
        outage.over();
        for (Optional<Event> event = events.next(); event.isPresent(); event = events.next()) {
          show(Documents.parse(event.get().data()));
        }
      } catch (IOException broken) {
        outage.lost(session.api().unreachable(broken));
      } catch (Failure failure) {
        outage.lost(failure);
      }
      Pause.of(RECONNECT);
    }
  }

  private void show(Doc status) {
    session.console().clearScreen();
    session.console().item(status, () -> picture(status));
  }

  private String only() {
    String only = environment.isEmpty() ? named : environment;
    return only.equals("all") ? "" : only;
  }
}
