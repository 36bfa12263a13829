package dev.floe.messaging.feed;

import dev.floe.messaging.Envelope;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.Patience;
import dev.floe.messaging.Plain;
import dev.floe.messaging.SequenceGuard;
import dev.floe.messaging.SequenceVerdict;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.avro.Undecodable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads one record of a feed after the other; what cannot be read is shown with the reason. */
final class FeedReading {

  private static final SequenceVerdict ACCEPT = SequenceVerdict.ACCEPT;

  private final AvroWire wire;
  private final SequenceGuard guard;
  private final Patience patience;

  FeedReading(AvroWire wire, SequenceGuard guard, Patience patience) {
    this.wire = wire;
    this.guard = guard;
    this.patience = patience;
  }

  /** The next record is one that was read before. */
  void goesBack() {
    guard.clear();
  }

  FeedRecord read(ConsumerRecord<byte[], byte[]> record) {
    var source = new TopicPartition(record.topic(), record.partition());
    Optional<Throwable> cause = patience.givenUp(source, record.offset());
    if (cause.isPresent()) {
      return shown(record, null, null, ACCEPT, Plain.text(cause.get(), EventFeed.LONGEST_WORDS));
    }
    try {
      return decode(record);
    } catch (RuntimeException | StackOverflowError failed) {
      patience.failedAlone(source, record.offset(), failed);
      throw failed;
    }
  }

  private FeedRecord decode(ConsumerRecord<byte[], byte[]> record) {
    @Nullable Envelope envelope = null;
    AvroWire.@Nullable Decoded decoded = null;
    @Nullable String problem = null;
    var verdict = ACCEPT;
    try {
      envelope = Envelope.read(record.headers());
      Numbers numbers = envelope.numbers();
      if (numbers != null) {
        verdict = guard.check(record.topic(), key(record), numbers);
      }
      decoded = wire.decode(record.value());
    } catch (Envelope.Incomplete | Undecodable broken) {
      problem = broken.getMessage();
    }
    return shown(record, envelope, decoded, verdict, problem);
  }

  private static FeedRecord shown(
      ConsumerRecord<byte[], byte[]> record,
      @Nullable Envelope envelope,
      AvroWire.@Nullable Decoded decoded,
      SequenceVerdict verdict,
      @Nullable String problem) {
    return new FeedRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        key(record),
        List.of(record.headers().toArray()),
        record.value(),
        envelope,
        decoded,
        verdict,
        problem);
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }
}
