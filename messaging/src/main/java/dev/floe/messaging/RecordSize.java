package dev.floe.messaging;

import dev.floe.schemas.Topic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** How long a record becomes at most, so that one that is too long is known before it is sent. */
public final class RecordSize {

  /** What a batch and a record have around key, value and headers. */
  private static final int AROUND = 100;

  /** What a header has around its name and value. */
  private static final int AROUND_HEADER = 10;

  private RecordSize() {}

  /** A record that its topic does not take. */
  public static final class TooLong extends RuntimeException {
    TooLong(String message) {
      super(message);
    }
  }

  /** Its length in bytes, rather too much than too little. */
  public static int of(ProducerRecord<byte[], byte[]> record) {
    int length = AROUND + length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      length += AROUND_HEADER + header.key().length() * 3 + length(header.value());
    }
    return length;
  }

  /**
   * Does nothing where {@code topic} takes {@code record}.
   *
   * @throws TooLong where it does not
   */
  public static void requireFits(ProducerRecord<byte[], byte[]> record, Topic topic) {
    int length = of(record);
    if (length > topic.longestRecord()) {
      throw new TooLong(
          "the record has %d bytes, %s takes %d at most"
              .formatted(length, topic.name(), topic.longestRecord()));
    }
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
