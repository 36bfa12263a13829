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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends again what may succeed later, after pauses that grow, vary, and heed Retry-After. */
final class Retries {

  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

  /** One attempt. */
  @FunctionalInterface
  interface Attempt {
    Answer send() throws IOException;
  }

  private final HttpSettings.Attempts settings;
  private final String host;
  private final @Nullable Instant latest;

  Retries(HttpSettings.Attempts settings, String host) {
    this(settings, host, null);
  }

  private Retries(HttpSettings.Attempts settings, String host, @Nullable Instant latest) {
    this.settings = settings;
    this.host = host;
    this.latest = latest;
  }

  /** The same, with all the time until then for a registry that asks for it. */
  Retries until(Instant instant) {
    return new Retries(settings, host, instant);
  }

  /** The first answer that does not ask for another attempt, or the last one. */
  Answer run(Call call, Attempt attempt) {
    int count = 1;
    while (true) {
      Optional<Duration> asked = Optional.empty();
      try {
        Answer answer = attempt.send();
        if (!Failures.isPassing(answer.status())) {
          return answer;
        }
        asked = askedBy(answer);
        if (isOver(count, asked)) {
          return answer;
        }
        answer.close();
      } catch (IOException e) {
        boolean passing = Failures.troubleOf(e).retryable();
        if (count >= settings.count() || !passing || Thread.currentThread().isInterrupted()) {
          throw Failures.of(call, host, e);
        }
      }
      count = pause(call.action(), count, asked);
    }
  }

  /** How long the answer asks to wait, if it does. */
  static Optional<Duration> askedBy(Answer answer) {
    return answer.header("Retry-After").flatMap(Retries::parse);
  }

  /** Whether there is no further attempt after so many, if the registry asked for a wait or not. */
  boolean isOver(int count, Optional<Duration> asked) {
    if (asked.isPresent() && latest != null) {
      return Instant.now().plus(asked.get()).isAfter(latest);
    }
    return count >= settings.count()
        || (asked.isPresent() && asked.get().compareTo(settings.longestWait()) > 0);
  }

  /**
   * Waits before the next attempt; its number. A wait that was asked for, and that there is time
   * for, is no failed attempt.
   */
  int pause(String action, int count, Optional<Duration> asked) {
    boolean granted = asked.isPresent() && latest != null;
    if (granted) {
      LOG.atInfo()
          .setMessage("a registry asks to wait, and is given the time")
          .addKeyValue("registry", host)
          .addKeyValue("until", Instant.now().plus(asked.get()))
          .log();
    }
    sleep(action, count, granted ? Optional.of(atLeastASecond(asked.get())) : asked);
    return granted ? count : count + 1;
  }

  private static Duration atLeastASecond(Duration asked) {
    return asked.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : asked;
  }

  private void sleep(String action, int count, Optional<Duration> asked) {
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
