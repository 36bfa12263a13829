package dev.floe.messaging;

import java.util.Optional;

/**
 * Where a record stands, written {@code topic/partition/offset}: the form of {@code
 * ce_causeposition}.
 */
public record RecordPosition(String topic, int partition, long offset) {

  @Override
  public String toString() {
    return topic + '/' + partition + '/' + offset;
  }

  /** Reads what {@link #toString} writes; empty for anything else. */
  public static Optional<RecordPosition> parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 3 || parts[0].isEmpty()) {
      return Optional.empty();
    }
    try {
      int partition = Integer.parseInt(parts[1]);
      long offset = Long.parseLong(parts[2]);
      return partition < 0 || offset < 0
          ? Optional.empty()
          : Optional.of(new RecordPosition(parts[0], partition, offset));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
