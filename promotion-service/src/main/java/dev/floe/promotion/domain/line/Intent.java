package dev.floe.promotion.domain.line;

import dev.floe.promotion.domain.message.PromotionEvent.IntentEvent;
import java.time.Instant;

/**
 * Work that somebody else does now.
 *
 * @param lapses how often nobody took it up in time
 */
public record Intent(int number, Instant actBefore, int lapses) {

  static Intent first(IntentEvent event) {
    return new Intent(event.intent(), event.actBefore(), 0);
  }

  /** The same work once more, because nobody took it up. */
  Intent again(IntentEvent event) {
    return new Intent(event.intent(), event.actBefore(), lapses + 1);
  }
}
