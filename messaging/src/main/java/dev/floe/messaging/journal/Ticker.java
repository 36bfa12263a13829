package dev.floe.messaging.journal;

import dev.floe.messaging.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a service's own subjects that their time has come: deadlines are due-times in folded state,
 * so none is lost while everything is down, and what became due meanwhile fires at once.
 *
 * @param <C> the service's commands
 * @param <S> the state of one subject
 */
public final class Ticker<C, S> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

  private final KafkaJournal<C, S, ?> journal;
  private final Function<S, Optional<Instant>> nextDue;
  private final C tick;
  private final InstantSource clock;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService schedule;

  private Ticker(
      KafkaJournal<C, S, ?> journal,
      Function<S, Optional<Instant>> nextDue,
      C tick,
      InstantSource clock,
      String name) {
    this.journal = journal;
    this.nextDue = nextDue;
    this.tick = tick;
    this.clock = clock;
    this.schedule =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name(name).daemon().factory());
  }

  /**
   * Looks every {@code interval} and sends {@code tick} to each owned subject that is due; the time
   * of the tick is the broker's.
   *
   * @param nextDue the earliest time at which a state changes by itself; empty while none does
   */
  public static <C, S> Ticker<C, S> start(
      KafkaJournal<C, S, ?> journal,
      Function<S, Optional<Instant>> nextDue,
      C tick,
      Duration interval,
      InstantSource clock) {
    var ticker = new Ticker<>(journal, nextDue, tick, clock, "floe-ticker");
    var _ =
        ticker.schedule.scheduleWithFixedDelay(
            ticker::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    return ticker;
  }

  private void look() {
    try {
      Instant now = clock.instant();
      for (Map.Entry<String, S> owned : journal.owned().entrySet()) {
        nextDue
            .apply(owned.getValue())
            .filter(due -> !due.isAfter(now))
            .ifPresent(_ -> send(owned.getKey()));
      }
    } catch (RuntimeException failed) {
      LOG.atError().setMessage("the ticker failed once").setCause(failed).log();
    }
  }

  private void send(String subject) {
    if (!underWay.add(subject)) {
      return;
    }
    // A fresh id each time: what is due is decided by the state, not by the command's id.
    var _ =
        journal
            .submit(Ids.random(), subject, tick)
            .whenComplete(
                (_, failed) -> {
                  underWay.remove(subject);
                  if (failed != null) {
                    LOG.atWarn()
                        .setMessage("a tick had no answer; the next one asks again")
                        .addKeyValue("subject", subject)
                        .addKeyValue("cause", failed.toString())
                        .log();
                  }
                });
  }

  @Override
  public void close() {
    schedule.shutdownNow();
  }
}
