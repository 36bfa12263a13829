package dev.floe.messaging.journal;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.messaging.DeadLetters.Reason;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.KeyPartition;
import dev.floe.messaging.Unavailable;
import dev.floe.messaging.Verification;
import dev.floe.messaging.Verification.Invalid;
import dev.floe.messaging.Verification.Verified;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.avro.Undecodable;
import dev.floe.promotion.v1.ResumeArtifact;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes a command of a record: whose it is before what it says, and believes nothing else. */
final class CommandReading<C> {

  private final JournalPlace place;
  private final CommandCodec<C> commands;
  private final JournalSecurity security;
  private final AvroWire wire;

  /** What a record is. */
  sealed interface Read<C> {

    /** A command of somebody who may send it. */
    record Understood<C>(JournalRecords.Understood<C> command) implements Read<C> {}

    /** The service itself asks for the history of a subject to be folded again. */
    record Resume<C>(Verified sender) implements Read<C> {}

    /** Verified, and no command of this journal's. */
    record NotUnderstood<C>(Verified sender, Reason reason, String detail) implements Read<C> {}

    /** Nobody's. */
    record Nobodys<C>(Reason reason, String detail) implements Read<C> {}
  }

  CommandReading(
      JournalPlace place, CommandCodec<C> commands, JournalSecurity security, AvroWire wire) {
    this.place = place;
    this.commands = commands;
    this.security = security;
    this.wire = wire;
  }

  /** {@code ce_id}; empty where there is none. */
  static String id(ConsumerRecord<byte[], byte[]> record) {
    return Envelope.text(record.headers(), Envelope.ID).orElse("");
  }

  Read<C> read(ConsumerRecord<byte[], byte[]> record) {
    String key = EventLog.key(record);
    int own = KeyPartition.of(key, place.commands().partitions());
    if (record.key() == null || own != record.partition()) {
      return new Read.Nobodys<>(Reason.WRONG_PARTITION, misplaced(key, record, own));
    }
    return switch (verify(record)) {
      case Invalid invalid -> new Read.Nobodys<>(Reason.INVALID_TOKEN, invalid.reason());
      case Verified sender -> understand(record, key, sender);
    };
  }

  /** Whose a record in its own partition is. */
  Verification verify(ConsumerRecord<byte[], byte[]> record) {
    String id = id(record);
    if (id.isEmpty() || record.value() == null) {
      return new Invalid("there is no %s or no value to verify".formatted(Envelope.ID));
    }
    try {
      return security
          .verifier()
          .verify(
              record.topic(),
              EventLog.key(record),
              id,
              record.value(),
              Envelope.bearer(record.headers()).orElse(null),
              Instant.ofEpochMilli(record.timestamp()));
    } catch (RuntimeException | StackOverflowError failed) {
      if (failed instanceof UncheckedIOException) {
        // Whose tokens hold is not known yet.
        throw failed;
      }
      // What a stranger sends must not stop the partition, whatever it does to the verifier.
      return new Invalid("it cannot be verified: " + failed.getClass().getSimpleName());
    }
  }

  private Read<C> understand(ConsumerRecord<byte[], byte[]> record, String key, Verified sender) {
    try {
      IndexedRecord decoded = wire.decode(record.value()).record();
      if (decoded instanceof ResumeArtifact && isOwn(sender)) {
        return new Read.Resume<>(sender);
      }
      C command = commands.read(decoded, sender, key);
      Instant at = Instant.ofEpochMilli(record.timestamp());
      return new Read.Understood<>(
          new JournalRecords.Understood<>(
              record,
              new Asked<>(id(record), key, at, sender.by(), command),
              EventLog.position(record),
              sender));
    } catch (Undecodable unreadable) {
      return new Read.NotUnderstood<>(
          sender, Reason.UNDECODABLE, String.valueOf(unreadable.getMessage()));
    } catch (Malformed malformed) {
      return new Read.NotUnderstood<>(
          sender, malformed.reason(), String.valueOf(malformed.getMessage()));
    } catch (RuntimeException | StackOverflowError surprise) {
      if (Unavailable.is(surprise)) {
        throw surprise;
      }
      return new Read.NotUnderstood<>(sender, Reason.MALFORMED, "it cannot be read: " + surprise);
    }
  }

  private static boolean isOwn(Verified sender) {
    return sender.by().kind() == Actor.Kind.SYSTEM;
  }

  private static String misplaced(String key, ConsumerRecord<byte[], byte[]> record, int own) {
    return record.key() == null
        ? "the key is missing: it must be the artifact"
        : "the key '%s' belongs to partition %d, the record is in %d; set murmur2_random"
            .formatted(key, own, record.partition());
  }
}
