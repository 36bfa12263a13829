package dev.floe.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which versions stay; a version goes only if no rule keeps it.
 *
 * @param deleteSchedule daily, weekly or a cron expression; null for by hand only
 * @param notice how long before a scheduled deletion the teams are told
 */
public record Retention(
    int keepLastVersions,
    Span keepDuration,
    List<String> protectedTags,
    @Nullable String deleteSchedule,
    Span notice) {

  public static final Retention DEFAULT =
      new Retention(10, Span.days(90), List.of(), null, Span.days(1));

  public Retention {
    protectedTags = List.copyOf(protectedTags);
  }
}
