package dev.floe.manifest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When registries are compared with the log.
 *
 * @param every how long after one look the next one comes; null for never unless somebody asks
 */
public record Drift(@Nullable Duration every) {

  public static final Drift DEFAULT = new Drift(Duration.ofMinutes(10));

  /** More often, and registries that count requests would not have it. */
  static final Duration LEAST = Duration.ofSeconds(10);

  static final String NEVER = "off";

  static Drift read(Reading reading, Section section) {
    String text = section.text("every");
    if (text == null || text.equals(NEVER)) {
      return text == null ? DEFAULT : new Drift(null);
    }
    Duration every = section.duration("every", LEAST);
    if (every.compareTo(LEAST) < 0) {
      reading
          .problems()
          .error(
              section.place("every"),
              "every must be at least %ds, found %s".formatted(LEAST.toSeconds(), text),
              "write 10m, or off where only people should look");
    }
    return new Drift(every);
  }

  String written() {
    return every == null ? NEVER : every.toString();
  }
}
