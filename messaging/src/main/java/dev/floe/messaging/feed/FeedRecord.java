package dev.floe.messaging.feed;

import dev.floe.kernel.Actor;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.SequenceVerdict;
import dev.floe.messaging.avro.AvroWire;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * One record as a projection gets it: with the bytes that proofs are made of, and with the verdict
 * on its numbers.
 *
 * @param timestamp the broker's: when it became known
 * @param key the record's key; empty where it has none
 * @param headers all of them, as they were read
 * @param value the value as it was read; null for a tombstone
 * @param envelope the CloudEvents headers; null where one that every event has is missing
 * @param decoded the record with its writer's schema; null where it cannot be read
 * @param verdict on sequence and epoch; {@link SequenceVerdict#ACCEPT} on topics without them
 * @param problem why {@code envelope} or {@code decoded} is missing; null where neither is
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes as Kafka gave them, to be hashed
public record FeedRecord(
    String topic,
    int partition,
    long offset,
    Instant timestamp,
    String key,
    List<Header> headers,
    byte @Nullable [] value,
    @Nullable Envelope envelope,
    AvroWire.@Nullable Decoded decoded,
    SequenceVerdict verdict,
    @Nullable String problem) {

  /** The same as no more than its bytes and its number: nobody could take what it says. */
  public FeedRecord unreadable(String why) {
    var numbers = envelope == null ? null : envelope.numbers();
    var bare =
        numbers == null
            ? null
            : new Envelope(
                "", "unreadable", "", "", timestamp, null, null, NOBODY, numbers, null, null, null);
    return new FeedRecord(
        topic, partition, offset, timestamp, key, headers, value, bare, null, verdict, why);
  }

  private static final Actor NOBODY = Actor.system("");
}
