package dev.floe.cli.follow;

import dev.floe.cli.client.Api;
import dev.floe.cli.client.Query;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a promotion's copies have come, asked for beside everything else: whoever follows never
 * waits for it, and does without where the server does not say.
 */
final class CopyFeed implements AutoCloseable {

  /** How often is asked, and worth looking. */
  static final Duration EVERY = Duration.ofMillis(500);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

  private final Api api;
  private final String id;
  private volatile Doc latest = Doc.EMPTY;
  private @Nullable Thread reader;

  CopyFeed(Api api, String id) {
    this.api = api;
    this.id = id;
  }

  /** Asks from now on. */
  void open() {
    if (reader == null) {
      reader = Thread.ofVirtual().name("copy feed").start(this::read);
    }
  }

  /** The registries that something is copied to now; empty where nobody says. */
  Doc latest() {
    return latest;
  }

  private void read() {
    try {
      while (!Thread.interrupted()) {
        latest = ask();
        Thread.sleep(latest.isEmpty() ? AFTER_FAILURE : EVERY);
      }
    } catch (InterruptedException _) {
      // Closed: the client has gone.
      Thread.currentThread().interrupt();
    }
  }

  private Doc ask() {
    try {
      return api.get(Query.of("promotions", id, "progress")).body();
    } catch (Failure _) {
      // An older server, or none now: the promotion's own feed finds out which.
      return Doc.EMPTY;
    }
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.interrupt();
      reader = null;
      latest = Doc.EMPTY;
    }
  }
}
