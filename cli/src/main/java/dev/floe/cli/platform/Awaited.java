package dev.floe.cli.platform;

import dev.floe.cli.client.Pause;
import dev.floe.cli.session.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits for tags, which the registries' own service sets. */
final class Awaited {

  static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Duration ASK_EVERY = Duration.ofMillis(200);

  private Awaited() {}

  /** Asks until there is an answer; empty if there is none in time. */
  static <T> Optional<T> tags(Session session, Supplier<Optional<T>> question) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent() || System.nanoTime() > end) {
        return answer;
      }
      session.console().activity("Waiting for the tags");
      Pause.of(ASK_EVERY);
    }
  }
}
