package dev.floe.audit.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted; what is null or empty restricts nothing.
 *
 * @param env the environment it came from or went to
 * @param events names, any of which will do
 * @param from the earliest time
 * @param to the first time that is too late
 * @param text words, all of which must occur; {@code "…"} for phrases, {@code -} for none of, as
 *     web searches take them
 */
public record EntryFilter(
    @Nullable String artifact,
    @Nullable String version,
    @Nullable String env,
    @Nullable String user,
    List<String> events,
    @Nullable String request,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String text) {

  public static final EntryFilter ALL =
      new EntryFilter(null, null, null, null, List.of(), null, null, null, null);

  public EntryFilter {
    events = List.copyOf(events);
  }

  /** All entries about an artifact, a version, an environment. */
  public static EntryFilter about(
      @Nullable String artifact, @Nullable String version, @Nullable String env) {
    return new EntryFilter(artifact, version, env, null, List.of(), null, null, null, null);
  }

  /** All entries of one promotion. */
  public static EntryFilter ofPromotion(String id) {
    return new EntryFilter(null, null, null, null, List.of(), id, null, null, null);
  }
}
