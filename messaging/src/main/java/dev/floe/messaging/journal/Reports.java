package dev.floe.messaging.journal;

import dev.floe.kernel.Journal;
import dev.floe.messaging.Ids;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What workers report to their own journal: each report is sent again, under the same id, until it
 * is durable.
 *
 * @param <C> the journal's commands
 */
public final class Reports<C> {

  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
  private static final long PAUSE_MS = 200;

  private final CompletableFuture<KafkaJournal<C, ?, ?>> journal = new CompletableFuture<>();

  /** Says where the reports go; observers are made before the journal that they observe. */
  public void connect(KafkaJournal<C, ?, ?> target) {
    journal.complete(target);
  }

  /** Returns once {@code command} is decided. */
  public void send(String subject, C command) throws InterruptedException {
    String id = Ids.random();
    while (true) {
      try {
        var _ = journal.get().submit(id, subject, command).get();
        return;
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof Journal.TooLong) {
          LOG.atError()
              .setMessage("a report is too long to be sent; what it reports times out")
              .addKeyValue("subject", subject)
              .addKeyValue("report", command.getClass().getSimpleName())
              .setCause(failed.getCause())
              .log();
          return;
        }
        if (failed.getCause() instanceof Journal.Halted) {
          // An answer, so the id is spent; what is reported waits for the resume.
          id = Ids.random();
        }
        LOG.atWarn()
            .setMessage("a report had no answer; it is sent again")
            .addKeyValue("subject", subject)
            .addKeyValue("report", command.getClass().getSimpleName())
            .addKeyValue("cause", String.valueOf(failed.getCause()))
            .log();
        Thread.sleep(PAUSE_MS);
      }
    }
  }

  /** {@link #send} on a thread of its own. */
  public void sendLater(String subject, C command) {
    Thread.ofVirtual()
        .name("floe-report")
        .start(
            () -> {
              try {
                send(subject, command);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
  }
}
