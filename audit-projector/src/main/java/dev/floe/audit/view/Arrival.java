package dev.floe.audit.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version's time in one slot, that is in one environment.
 *
 * @param id the event that told of it
 * @param since when it went live
 * @param until when another took its place; null while it is live, {@code since} where it arrived
 *     behind a newer one and never was the slot's current version
 * @param promotion that brought it; null for a publication
 * @param from the environment it came from; null for a publication
 * @param ref full reference of its tag in the primary registry
 * @param failedAt when something after its tags said no; null where nothing did
 */
public record Arrival(
    String id,
    String artifact,
    String environment,
    String version,
    String digest,
    Instant since,
    @Nullable Instant until,
    @Nullable String promotion,
    @Nullable String from,
    String by,
    String ref,
    @Nullable Instant failedAt,
    String failure) {

  public String tag() {
    return version + "-" + environment;
  }

  /** Whether it had failed by then. */
  public boolean hadFailedAt(Instant time) {
    return failedAt != null && !failedAt.isAfter(time);
  }

  Arrival endedAt(Instant time) {
    // Clocks of two writers may differ; an interval never runs backwards.
    return with(time.isBefore(since) ? since : time, failedAt, failure);
  }

  Arrival failed(Instant time, String why) {
    return with(until, time, why);
  }

  private Arrival with(@Nullable Instant end, @Nullable Instant failed, String why) {
    return new Arrival(
        id,
        artifact,
        environment,
        version,
        digest,
        since,
        end,
        promotion,
        from,
        by,
        ref,
        failed,
        why);
  }
}
