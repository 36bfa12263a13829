package dev.floe.messaging;

import java.util.concurrent.ThreadLocalRandom;

/** W3C trace context, version 00: begins a trace where none was brought along. */
public final class TraceParent {

  private TraceParent() {}

  /** A trace of its own, sampled. */
  public static String fresh() {
    var random = ThreadLocalRandom.current();
    // All-zero ids are invalid: setting one bit keeps them out.
    return "00-%016x%016x-%016x-01"
        .formatted(random.nextLong(), random.nextLong() | 1, random.nextLong() | 1);
  }
}
