package dev.floe.manifest;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A time in which an environment takes no promotion: once, or repeated by a recurrence rule.
 *
 * @param from start of a single window, or the first day a rule counts from
 * @param to end of a single window, exclusive
 * @param rrule RFC 5545 recurrence rule; then {@code duration} says how long each window is
 */
public record Freeze(
    @Nullable Instant from,
    @Nullable Instant to,
    String reason,
    @Nullable String rrule,
    @Nullable Duration duration,
    ZoneId timezone) {

  /** Whether the single window contains the instant; recurring ones are not looked at. */
  public boolean covers(Instant now) {
    return rrule == null && from != null && to != null && !now.isBefore(from) && now.isBefore(to);
  }
}
