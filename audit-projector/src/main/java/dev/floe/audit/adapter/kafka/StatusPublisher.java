package dev.floe.audit.adapter.kafka;

import dev.floe.audit.adapter.postgres.StatusOutbox;
import dev.floe.audit.adapter.postgres.StatusOutbox.Change;
import dev.floe.audit.application.Changes;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Trouble;
import dev.floe.messaging.Bus;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Ids;
import dev.floe.messaging.Patience;
import dev.floe.messaging.Plain;
import dev.floe.messaging.Position;
import dev.floe.schemas.Topics;
import dev.floe.status.v1.SlotStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells {@code floe.status} of each slot that changed; nothing while the log is folded anew. */
public final class StatusPublisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusPublisher.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final String SERVICE = "audit-projector";
  private static final int LONGEST_WORDS = 300;

  private final Bus bus;
  private final StatusOutbox outbox;
  private final Changes changes;
  private final BooleanSupplier ready;
  private final InstantSource clock;
  private final Producer<byte[], byte[]> producer;
  private final Thread thread;

  /** How often telling failed in a row; the publisher's own thread alone looks at it. */
  private final Map<String, Integer> failures = new HashMap<>();

  private volatile boolean closed;

  private StatusPublisher(
      Bus bus, StatusOutbox outbox, Changes changes, BooleanSupplier ready, InstantSource clock) {
    this.bus = bus;
    this.outbox = outbox;
    this.changes = changes;
    this.ready = ready;
    this.clock = clock;
    this.producer = bus.kafka().producer("floe-audit-status");
    this.thread = Thread.ofPlatform().name("floe-audit-status").daemon().unstarted(this::run);
  }

  /**
   * Begins to tell.
   *
   * @param ready whether everything is folded that was there at the start
   */
  public static StatusPublisher start(
      Bus bus, StatusOutbox outbox, Changes changes, BooleanSupplier ready, InstantSource clock) {
    var publisher = new StatusPublisher(bus, outbox, changes, ready, clock);
    outbox.markAll();
    publisher.thread.start();
    return publisher;
  }

  /** Lets what is being told be told; what is still due then is told after the next start. */
  @Override
  public void close() {
    closed = true;
    changes.happened();
    try {
      if (!thread.join(Duration.ofSeconds(2))) {
        thread.interrupt();
        thread.join(Duration.ofSeconds(2));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(1));
  }

  private void run() {
    try {
      while (!closed) {
        long seen = changes.count();
        if (ready.getAsBoolean()) {
          tellAll();
        }
        changes.await(seen, PAUSE);
      }
    } catch (InterruptedException _) {
      LOG.debug("interrupted to close");
    }
  }

  private void tellAll() throws InterruptedException {
    try {
      for (String artifact : outbox.take()) {
        if (closed) {
          return;
        }
        tell(artifact);
      }
    } catch (RuntimeException unavailable) {
      LOG.atWarn().setMessage("the status cannot be read").setCause(unavailable).log();
    }
  }

  private void tell(String artifact) throws InterruptedException {
    try {
      for (Change change :
          outbox.changes(artifact, Topics.PROMOTION_EVENTS.name(), clock.instant())) {
        producer.send(record(change)).get();
        outbox.told(change);
      }
      if (failures.remove(artifact) != null) {
        bus.troubles().end(SERVICE, where(artifact));
      }
    } catch (InterruptException closing) {
      Thread.currentThread().interrupt();
      LOG.atDebug().setMessage("interrupted to close").setCause(closing).log();
    } catch (ExecutionException | RuntimeException failed) {
      LOG.atWarn()
          .setMessage("the status of an artifact is not told; it is tried again")
          .addKeyValue("artifact", artifact)
          .setCause(failed)
          .log();
      complain(artifact, failed);
      outbox.mark(artifact);
    }
  }

  private void complain(String artifact, Exception failed) {
    int times = failures.merge(artifact, 1, Integer::sum);
    if (times >= Patience.TRIES) {
      bus.troubles()
          .note(
              SERVICE,
              new Trouble(
                  "the status is not told (%d tries): %s"
                      .formatted(times, Plain.text(failed, LONGEST_WORDS)),
                  where(artifact),
                  "It is tried again every few seconds; queries over HTTP are not affected."));
    }
  }

  private static String where(String artifact) {
    return "%s (%s)".formatted(Topics.STATUS.name(), Plain.text(artifact, LONGEST_WORDS));
  }

  private ProducerRecord<byte[], byte[]> record(Change change) {
    var status = change.status();
    var current = status.current();
    var position =
        new Position(Topics.PROMOTION_EVENTS.name(), change.artifact(), change.sequence());
    var value =
        SlotStatus.newBuilder()
            .setArtifact(change.artifact())
            .setEnvironment(status.environment())
            .setVersion(current == null ? null : current.version())
            .setDigest(current == null ? null : current.digest())
            .setHealth(status.health())
            .setUpdatedAt(status.updatedAt())
            .setPosition(position.encode())
            .build();
    String key = change.artifact() + "/" + status.environment();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var envelope =
        new Envelope(
            Ids.random(),
            SlotStatus.getClassSchema().getFullName(),
            "/floe/" + SERVICE,
            key,
            now,
            null,
            null,
            Actor.system(SERVICE),
            null,
            null,
            null,
            null);
    return new ProducerRecord<>(
        Topics.STATUS.name(),
        null,
        key.getBytes(StandardCharsets.UTF_8),
        bus.wire().encode(Topics.STATUS.name(), value),
        envelope.headers());
  }
}
