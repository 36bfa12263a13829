package dev.floe.cli.audit;

import dev.floe.cli.client.EventStream;
import dev.floe.cli.client.EventStream.Event;
import dev.floe.cli.client.Pause;
import dev.floe.cli.client.Query;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import dev.floe.cli.follow.Outage;
import dev.floe.cli.picture.ListPicture;
import dev.floe.cli.session.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code floe audit tail}. */
@Command(
    name = "tail",
    description = "Prints entries of the trail as they come.",
    footer = {"", "Examples:", "  floe audit tail", "  floe audit tail --limit 10 -o json"})
public final class Tail implements Callable<Integer> {

  private final Session session;

  private static final Duration RECONNECT = Duration.ofSeconds(1);

  @Option(names = "--limit", paramLabel = "N", description = "Ends after so many entries.")
  long limit = Long.MAX_VALUE;

  private String lastId = "";
  private long printed;

  public Tail(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Outage outage = new Outage(session.console());
    while (printed < limit) {
      try (EventStream events = session.api().events(stream(), lastId)) {
        outage.over();
        print(events);
      } catch (IOException broken) {
        outage.lost(session.api().unreachable(broken));
      } catch (Failure failure) {
        outage.lost(failure);
      }
      if (printed < limit) {
        Pause.of(RECONNECT);
      }
    }
    return 0;
  }

  private Query stream() {
    return Query.of("audit", "stream").with("artifact", session.options().artifact);
  }

  private void print(EventStream events) throws IOException {
    for (Optional<Event> event = events.next(); event.isPresent(); event = events.next()) {
      print(event.get());
      if (printed >= limit) {
        return;
      }
    }
  }

  private void print(Event event) throws IOException {
    Doc entry = Documents.parse(event.data());
    session.console().item(entry, () -> List.of(ListPicture.entry(entry)));
    lastId = event.id().isEmpty() ? lastId : event.id();
    printed++;
  }
}
