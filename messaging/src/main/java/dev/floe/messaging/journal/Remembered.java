package dev.floe.messaging.journal;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one subject that had an effect, so that the same id twice has one: for 8 days of
 * log time, and at most 10,000.
 */
final class Remembered {

  static final long KEPT_MS = Duration.ofDays(8).toMillis();
  static final int MOST = 10_000;

  private final Map<String, Effect> effects = new LinkedHashMap<>();

  /** Where a command's events stand. */
  static final class Effect {
    private final long at;
    private int count;
    private long offset;

    private Effect(long at, long offset) {
      this.at = at;
      this.offset = offset;
    }

    int count() {
      return count;
    }

    /** Offset of the first event in the events topic; negative until its transaction is over. */
    long offset() {
      return offset;
    }
  }

  @Nullable Effect of(String commandId) {
    return effects.get(commandId);
  }

  /**
   * One more event that {@code commandId} caused.
   *
   * @param at time of the command in the log, in milliseconds
   * @param offset of the event; negative while unknown
   */
  void caused(String commandId, long at, long offset) {
    effects.computeIfAbsent(commandId, _ -> new Effect(at, offset)).count++;
    forget(at);
  }

  /** The transaction is over, and the first event of {@code commandId} stands at {@code offset}. */
  void placed(String commandId, long offset) {
    Effect effect = effects.get(commandId);
    if (effect != null && effect.offset < 0) {
      effect.offset = offset;
    }
  }

  int size() {
    return effects.size();
  }

  private void forget(long now) {
    Iterator<Effect> oldest = effects.values().iterator();
    while (oldest.hasNext()) {
      Effect effect = oldest.next();
      if (effects.size() <= MOST && now - effect.at <= KEPT_MS) {
        return;
      }
      oldest.remove();
    }
  }
}
