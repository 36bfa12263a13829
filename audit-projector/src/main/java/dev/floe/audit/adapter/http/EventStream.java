package dev.floe.audit.adapter.http;

import io.micronaut.http.sse.Event;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * A response that goes on for as long as its client listens: written by plain blocking code on a
 * thread of its own, never ahead of what the client takes.
 */
final class EventStream<T> {

  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

  /** After so long without news a comment shows that the stream lives. */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final FluxSink<T> sink;
  private final Semaphore demand = new Semaphore(0);
  private volatile boolean gone;

  /** Long ago: the answer's head goes out with the first item, so a comment is due at once. */
  private long sentAt = System.nanoTime() - HEARTBEAT.toNanos();

  private EventStream(FluxSink<T> sink) {
    this.sink = sink;
  }

  /** What writes a stream; returning ends it. */
  @FunctionalInterface
  interface Writer<T> {
    void write(EventStream<T> stream) throws InterruptedException;
  }

  static <T> Publisher<T> of(Writer<T> writer) {
    return Flux.create(
        sink -> {
          var stream = new EventStream<>(sink);
          sink.onRequest(
              wanted -> stream.demand.release((int) Math.min(wanted, Integer.MAX_VALUE / 4)));
          Thread thread =
              Thread.ofVirtual().name("floe-audit-stream").unstarted(() -> stream.run(writer));
          // No interrupt: it would break the database connection that the thread may be using.
          sink.onDispose(stream::leave);
          thread.start();
        },
        FluxSink.OverflowStrategy.BUFFER);
  }

  /** Sends, once the client takes more; interrupted when it has gone. */
  void send(T item) throws InterruptedException {
    demand.acquire();
    stayOnlyIfHeard();
    sink.next(item);
    sentAt = System.nanoTime();
  }

  /** How long may be waited for news before the next heartbeat is due. */
  Duration untilHeartbeat() {
    Duration left = HEARTBEAT.minusNanos(System.nanoTime() - sentAt);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Sends {@code comment} if nothing was sent yet, or not for long; else looks for the client. */
  void beat(T comment) throws InterruptedException {
    stayOnlyIfHeard();
    if (untilHeartbeat().isZero()) {
      send(comment);
    }
  }

  private void leave() {
    gone = true;
    demand.release();
  }

  private void stayOnlyIfHeard() throws InterruptedException {
    if (gone) {
      throw new InterruptedException("the client has gone");
    }
  }

  static Event<String> comment() {
    return Event.of("").comment("still here");
  }

  private void run(Writer<T> writer) {
    try {
      writer.write(this);
      sink.complete();
    } catch (InterruptedException _) {
      sink.complete();
    } catch (RuntimeException failed) {
      LOG.atWarn().setMessage("a stream ends early").setCause(failed).log();
      sink.error(failed);
    }
  }
}
