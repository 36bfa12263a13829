package dev.floe.messaging;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** W3C trace context, version 00: begins a trace where none was brought along. */
public final class TraceParent {

  private static final Pattern VALID =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.{0,200})?");

  private TraceParent() {}

  /** The trace that came along, so that what follows is found under it; a new one without. */
  public static String continuing(@Nullable String came) {
    Matcher valid = VALID.matcher(came == null ? "" : came.strip());
    return valid.matches()
        ? "00-%s-%s-%s".formatted(valid.group(1), valid.group(2), valid.group(3))
        : fresh();
  }

  /** A trace of its own, sampled. */
  public static String fresh() {
    var random = ThreadLocalRandom.current();
    // All-zero ids are invalid: setting one bit keeps them out.
    return "00-%016x%016x-%016x-01"
        .formatted(random.nextLong(), random.nextLong() | 1, random.nextLong() | 1);
  }
}
