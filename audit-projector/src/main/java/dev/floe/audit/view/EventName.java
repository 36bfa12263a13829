package dev.floe.audit.view;

import java.util.Locale;

/** The names that event types have in JSON. */
public final class EventName {

  private EventName() {}

  /** {@code promotion_requested} of {@code dev.floe.promotion.v1.PromotionRequested}. */
  public static String of(String fullName) {
    String simple = fullName.substring(fullName.lastIndexOf('.') + 1);
    return simple.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
