package dev.floe.promotion.domain.message;

/** When gates run. */
public enum Phase {
  BEFORE,
  AFTER
}
