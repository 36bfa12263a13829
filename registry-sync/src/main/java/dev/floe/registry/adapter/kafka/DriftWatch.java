package dev.floe.registry.adapter.kafka;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.manifest.Manifest;
import dev.floe.messaging.Ids;
import dev.floe.messaging.journal.Attempts;
import dev.floe.messaging.journal.KafkaJournal;
import dev.floe.registry.application.DriftRounds;
import dev.floe.registry.application.TagChecks;
import dev.floe.registry.application.TagInspection;
import dev.floe.registry.application.TagInspection.Seen;
import dev.floe.registry.domain.RegistryCommand;
import dev.floe.registry.domain.RegistryCommand.RecordTagCheck;
import dev.floe.registry.domain.RegistryEvent;
import dev.floe.registry.domain.Works;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares registries with the log as often as the manifest says, and whenever it is asked to. */
public final class DriftWatch implements TagChecks, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);

  /** How soon another manifest is noticed. */
  private static final Duration STEP = Duration.ofSeconds(1);

  private final KafkaJournal<RegistryCommand, Works, RegistryEvent> journal;
  private final TagInspection inspection;
  private final Supplier<Manifest> inForce;
  private final Thread thread;

  private DriftWatch(
      KafkaJournal<RegistryCommand, Works, RegistryEvent> journal,
      TagInspection inspection,
      Supplier<Manifest> inForce,
      Attempts.Ready ready,
      InstantSource clock) {
    this.journal = journal;
    this.inspection = inspection;
    this.inForce = inForce;
    this.thread = Thread.ofVirtual().name("floe-drift-watch").unstarted(() -> run(ready, clock));
  }

  /**
   * Looks at every artifact of this instance again and again.
   *
   * @param inForce asked before each look: a new manifest may have it look more often, or never
   * @param ready awaited before the first look
   */
  public static DriftWatch start(
      KafkaJournal<RegistryCommand, Works, RegistryEvent> journal,
      TagInspection inspection,
      Supplier<Manifest> inForce,
      Attempts.Ready ready,
      InstantSource clock) {
    var watch = new DriftWatch(journal, inspection, inForce, ready, clock);
    watch.thread.start();
    return watch;
  }

  @Override
  public Optional<Look> look(String id, String artifact, Actor by) {
    return journal.state(artifact).map(state -> look(id, artifact, state, by));
  }

  private Look look(String id, String artifact, Works state, Actor by) {
    Seen seen = inspection.inspect(artifact, state.tags(), inForce.get());
    return new Look(
        seen, journal.submit(new Asked<>(id, artifact, Instant.EPOCH, by, seen.check())));
  }

  private void run(Attempts.Ready ready, InstantSource clock) {
    try {
      ready.await();
      var rounds = new DriftRounds(clock);
      while (true) {
        Thread.sleep(STEP);
        lookIfDue(rounds);
      }
    } catch (InterruptedException _) {
      LOG.atDebug().setMessage("registries are no longer compared with the log").log();
    }
  }

  /** Without an artifact there is nothing to look at, and there may be no manifest yet. */
  private void lookIfDue(DriftRounds rounds) {
    Map<String, Works> owned = journal.owned();
    if (!owned.isEmpty() && rounds.isDue(inForce.get().drift())) {
      owned.forEach(this::lookQuietly);
      rounds.ended();
    }
  }

  private void lookQuietly(String artifact, Works state) {
    if (Thread.currentThread().isInterrupted() || state.isTagging()) {
      return;
    }
    try {
      RecordTagCheck seen = inspection.inspect(artifact, state.tags(), inForce.get()).check();
      if (seen.isNewTo(state.tags())) {
        var _ = journal.submit(Ids.random(), artifact, seen).join();
      }
    } catch (RuntimeException failed) {
      LOG.atWarn()
          .setMessage("an artifact's tags could not be compared with the log; the next look may")
          .addKeyValue("artifact", artifact)
          .addKeyValue("cause", failed.toString())
          .log();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
