package dev.floe.oci.http;

import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Sends again what may succeed later, after pauses that grow, vary, and heed Retry-After. */
final class Retries {

  /** One attempt. */
  @FunctionalInterface
  interface Attempt {
    Answer send() throws IOException;
  }

  private final HttpSettings.Attempts settings;
  private final String host;

  Retries(HttpSettings.Attempts settings, String host) {
    this.settings = settings;
    this.host = host;
  }

  /** The first answer that does not ask for another attempt, or the last one. */
  Answer run(Call call, Attempt attempt) {
    for (int count = 1; ; count++) {
      Optional<Duration> asked = Optional.empty();
      try {
        Answer answer = attempt.send();
        if (!Failures.isPassing(answer.status())) {
          return answer;
        }
        asked = askedBy(answer);
        if (count >= settings.count() || isTooLong(asked)) {
          return answer;
        }
        answer.close();
      } catch (IOException e) {
        boolean passing = Failures.troubleOf(e).retryable();
        if (count >= settings.count() || !passing || Thread.currentThread().isInterrupted()) {
          throw Failures.of(call, host, e);
        }
      }
      pause(call.action(), count, asked);
    }
  }

  /** How long the answer asks to wait, if it does. */
  static Optional<Duration> askedBy(Answer answer) {
    return answer.header("Retry-After").flatMap(Retries::parse);
  }

  /** A registry that asks for more than this has failed. */
  boolean isTooLong(Optional<Duration> asked) {
    return asked.isPresent() && asked.get().compareTo(settings.longestWait()) > 0;
  }

  /** Waits before attempt {@code count + 1}. */
  void pause(String action, int count, Optional<Duration> asked) {
    long doubled = settings.backoff().toMillis() << Math.min(count - 1, 16);
    long most = Math.clamp(doubled, 1, settings.longestWait().toMillis());
    long jittered = ThreadLocalRandom.current().nextLong(most / 2, most + 1);
    try {
      Thread.sleep(Math.max(jittered, asked.orElse(Duration.ZERO).toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryException(
          RegistryTrouble.UNREACHABLE, action, host, "this was interrupted", e);
    }
  }

  int count() {
    return settings.count();
  }

  /** Seconds or an HTTP date; anything else asks for nothing. */
  static Optional<Duration> parse(String written) {
    String text = written.strip();
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(Instant.now(), until);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
