package dev.floe.gate.domain;

/** When gates run: before the copy, or after the tags moved. */
public enum Phase {
  BEFORE,
  AFTER
}
