package dev.floe.cli.follow;

import dev.floe.cli.client.Api;
import dev.floe.cli.client.EventStream;
import dev.floe.cli.client.EventStream.Event;
import dev.floe.cli.client.Query;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Ever newer documents of one promotion: from the server's stream, and by asking wherever the
 * stream breaks, until the promotion has ended.
 */
final class PromotionFeed implements AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Api api;
  private final String id;
  private final Outage outage;
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private final Thread reader;
  private String lastId = "";
  private Optional<Doc> ended = Optional.empty();

  /** What the reading thread has to say. */
  private sealed interface News {
    record Seen(Doc promotion) implements News {}

    record Lost(Failure failure) implements News {}
  }

  /** A feed of the promotion {@code id}, which gives up when {@code outage} does. */
  PromotionFeed(Api api, String id, Outage outage) {
    this.api = api;
    this.id = id;
    this.outage = outage;
    this.reader = Thread.ofVirtual().name("promotion feed").start(this::read);
  }

  /** The next document; empty when {@code longest} is over first. */
  Optional<Doc> next(Duration longest) {
    try {
      return switch (news.poll(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        case News.Seen(Doc promotion) -> Optional.of(promotion);
        case News.Lost(Failure failure) -> throw failure;
        case null -> Optional.empty();
      };
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw Failure.interrupted("interrupted while following " + id, "");
    }
  }

  private void read() {
    Duration pause = FIRST_PAUSE;
    outage.over();
    try {
      while (true) {
        listen();
        Optional<Doc> asked = ended.isPresent() ? ended : ask();
        if (asked.isPresent()) {
          news.add(new News.Seen(asked.get()));
          if (States.isFinal(asked.get())) {
            return;
          }
        }
        Thread.sleep(pause);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
      }
    } catch (Failure failure) {
      news.add(new News.Lost(failure));
    } catch (InterruptedException _) {
      // Closed: the client has gone.
      Thread.currentThread().interrupt();
    }
  }

  /** Passes on what the stream tells, as long as it lasts. */
  private void listen() {
    try (EventStream events = api.events(Query.of("promotions", id, "events"), lastId)) {
      for (Optional<Event> event = events.next(); event.isPresent(); event = events.next()) {
        hear(event.get());
      }
    } catch (IOException | Failure _) {
      // Asking tells whether the promotion or only the stream is out of reach.
    }
  }

  private void hear(Event event) throws IOException {
    if (!event.name().equals("promotion")) {
      lastId = event.id().isEmpty() ? lastId : event.id();
      return;
    }
    Doc promotion = Documents.parse(event.data());
    if (States.isFinal(promotion)) {
      // Other topics may still have to say what the end was made of: the last document counts.
      ended = Optional.of(promotion);
    } else {
      news.add(new News.Seen(promotion));
    }
  }

  private Optional<Doc> ask() {
    try {
      Doc promotion = api.get(Query.of("promotions", id), outage.left()).body();
      outage.over();
      return Optional.of(promotion);
    } catch (Failure failure) {
      outage.lost(failure);
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
