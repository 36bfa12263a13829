package dev.floe.messaging.feed;

import dev.floe.config.v1.ManifestApplied;
import dev.floe.kernel.Trouble;
import dev.floe.manifest.Manifest;
import dev.floe.messaging.Bus;
import dev.floe.messaging.Patience;
import dev.floe.messaging.SequenceGuard;
import dev.floe.messaging.SequenceVerdict;
import dev.floe.messaging.Troubles;
import dev.floe.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifest as {@code floe.config.events} tells it: every revision, folded completely before a
 * service is ready, and followed from then on.
 */
public final class ManifestFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ManifestFeed.class);

  private final ConcurrentNavigableMap<Integer, Revision> revisions = new ConcurrentSkipListMap<>();
  private final List<Consumer<Revision>> listeners = new CopyOnWriteArrayList<>();
  private final String reader;
  private final Troubles troubles;
  private final EventFeed feed;

  /**
   * A manifest that is or was in force.
   *
   * @param number from 1
   * @param sha256 of the manifest as it was given
   * @param since when it was applied
   * @param by who applied it
   */
  public record Revision(int number, String sha256, Instant since, String by, Manifest manifest) {}

  private ManifestFeed(Bus bus, String service) {
    this.reader = service + "-manifest";
    this.troubles = bus.troubles();
    this.feed =
        EventFeed.start(
            bus,
            reader,
            List.of(Topics.CONFIG_EVENTS),
            Map.of(),
            SequenceGuard.fromAnywhere(),
            (records, _) -> records.forEach(this::fold));
  }

  /** Begins to fold; {@link #awaitReady} says when everything so far is. */
  public static ManifestFeed start(Bus bus, String service) {
    return new ManifestFeed(bus, service);
  }

  /** Whether everything is folded that was there at the start. */
  public boolean isReady() {
    return feed.isCaughtUp();
  }

  /** Waits for {@link #isReady}. */
  public void awaitReady(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!isReady()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%s was not read within %s".formatted(Topics.CONFIG_EVENTS.name(), limit));
      }
      new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
    }
  }

  /** The manifest in force; empty until the first is applied. */
  public Optional<Revision> current() {
    return Optional.ofNullable(revisions.lastEntry()).map(Map.Entry::getValue);
  }

  /** The manifest of a revision; a promotion runs to its end under the one it was pinned to. */
  public Optional<Manifest> at(int revision) {
    return Optional.ofNullable(revisions.get(revision)).map(Revision::manifest);
  }

  /** Every revision by its number. */
  public Map<Integer, Revision> revisions() {
    return new TreeMap<>(revisions);
  }

  /** Tells {@code listener} of the current revision, if there is one, and of each that follows. */
  public void listen(Consumer<Revision> listener) {
    listeners.add(listener);
    current().ifPresent(listener);
  }

  @Override
  public void close() {
    feed.close();
  }

  private void fold(FeedRecord record) {
    if (record.verdict() != SequenceVerdict.ACCEPT || record.problem() != null) {
      LOG.atError()
          .setMessage("an event of the manifest's stream is passed over")
          .addKeyValue("offset", record.offset())
          .addKeyValue("verdict", record.verdict())
          .addKeyValue("problem", record.problem())
          .log();
      troubles.note(reader, passedOver(record));
      return;
    }
    if (record.decoded() != null
        && record.envelope() != null
        && record.decoded().record() instanceof ManifestApplied applied) {
      var revision =
          new Revision(
              applied.getRevision(),
              applied.getSha256(),
              record.envelope().time(),
              record.envelope().by().name(),
              Manifest.fromCanonicalJson(applied.getManifest()));
      revisions.put(revision.number(), revision);
      listeners.forEach(listener -> tell(listener, revision));
    }
  }

  private static Trouble passedOver(FeedRecord record) {
    var source = new TopicPartition(record.topic(), record.partition());
    return new Trouble(
        "a record of the manifest's stream cannot be taken (%s); the last good manifest stays"
            .formatted(record.problem() == null ? record.verdict() : record.problem()),
        Patience.where(source, record.offset()),
        "Run the newest floe of this installation, or apply the manifest again with floe config"
            + " apply.");
  }

  private static void tell(Consumer<Revision> listener, Revision revision) {
    try {
      listener.accept(revision);
    } catch (RuntimeException failed) {
      LOG.atError().setMessage("a listener to the manifest failed").setCause(failed).log();
    }
  }
}
