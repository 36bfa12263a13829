package dev.floe.messaging.journal;

import dev.floe.messaging.KeyPartition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work outside Kafka that a journal has recorded as begun: each on a thread of its own, its end
 * reported as a command. A newer attempt takes the place of an older one, and what is stopped
 * reports nothing: whoever owns it next begins it anew.
 *
 * @param <C> the journal's commands
 */
public final class Attempts<C> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  /** Waits until work may begin, such as until what it works with answers. */
  @FunctionalInterface
  public interface Ready {
    void await() throws InterruptedException;
  }

  private record Work(String subject, String id) {}

  private final Reports<C> reports;
  private final Ready ready;
  private final int partitions;
  private final Map<Work, Thread> running = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * Nothing under way yet.
   *
   * @param reports to the journal that records the work
   * @param ready awaited before each attempt
   * @param partitions of the journal's commands topic
   */
  public Attempts(Reports<C> reports, Ready ready, int partitions) {
    this.reports = reports;
    this.ready = ready;
    this.partitions = partitions;
  }

  /**
   * Begins an attempt; an earlier one at the same work is stopped.
   *
   * @param subject the key: the artifact
   * @param id the work, among the subject's
   * @param attempt works, and says what to report; it may be interrupted
   */
  public void begin(String subject, String id, Supplier<C> attempt) {
    var work = new Work(subject, id);
    Thread thread =
        Thread.ofVirtual()
            .name("floe-attempt " + subject + '/' + id)
            .unstarted(() -> run(work, attempt));
    Thread before = running.put(work, thread);
    if (before != null) {
      before.interrupt();
    }
    if (!closed) {
      thread.start();
    }
  }

  /** Stops the attempt at that work, if one is under way. */
  public void stop(String subject, String id) {
    Thread thread = running.get(new Work(subject, id));
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Stops what runs for the subjects of a partition that is another's now. */
  public void stop(int partition) {
    running.forEach(
        (work, thread) -> {
          if (KeyPartition.of(work.subject(), partitions) == partition) {
            thread.interrupt();
          }
        });
  }

  @Override
  public void close() {
    closed = true;
    running.values().forEach(Thread::interrupt);
  }

  private void run(Work work, Supplier<C> attempt) {
    try {
      ready.await();
      C report = attempt.get();
      if (!Thread.currentThread().isInterrupted() && !closed) {
        reports.send(work.subject(), report);
      }
    } catch (InterruptedException _) {
      LOG.atInfo().setMessage("an attempt was given up").addKeyValue("work", work).log();
    } catch (RuntimeException broken) {
      LOG.atError().setMessage("an attempt broke").addKeyValue("work", work).setCause(broken).log();
    } finally {
      running.remove(work, Thread.currentThread());
    }
  }
}
