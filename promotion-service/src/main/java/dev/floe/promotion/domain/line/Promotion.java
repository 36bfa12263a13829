package dev.floe.promotion.domain.line;

import dev.floe.promotion.domain.message.TagStage;
import java.time.Instant;

/** An open promotion, as much of it as the next decision depends on. */
public sealed interface Promotion {

  Progress progress();

  default String id() {
    return progress().id();
  }

  /** The environment it is to enter. */
  default String to() {
    return progress().request().to();
  }

  /** One that others work for, and that therefore holds its slot. */
  sealed interface Working extends Promotion {
    Intent intent();
  }

  /** Free to go on; never seen between decisions, for whatever is free goes or queues at once. */
  record Ready(Progress progress) implements Promotion {}

  /**
   * Free to go on, behind the one that holds the slot.
   *
   * @param place ever increasing; the lowest goes first
   */
  record Queued(Progress progress, long place) implements Promotion {}

  /** Its gates run. */
  record Validating(Progress progress, Intent intent) implements Working {}

  /** Waits for people, and holds nothing meanwhile. */
  record AwaitingApproval(Progress progress, Instant since) implements Promotion {}

  /** Waits for whoever promotes it now; ends when its approval does. */
  record Approved(Progress progress) implements Promotion {}

  /** Its bytes are copied. */
  record Copying(Progress progress, Intent intent) implements Working {}

  /** Its tags move. */
  record Tagging(Progress progress, Intent intent, TagStage stage, long bytes) implements Working {}

  /** Live, and its gates after the tags run. */
  record Verifying(Progress progress, Intent intent, long bytes) implements Working {}
}
