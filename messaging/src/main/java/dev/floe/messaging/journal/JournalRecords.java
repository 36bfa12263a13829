package dev.floe.messaging.journal;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Recorded;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.Ids;
import dev.floe.messaging.KeyPartition;
import dev.floe.messaging.RecordPosition;
import dev.floe.messaging.TraceParent;
import dev.floe.messaging.Verification.Verified;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.avro.RecordMapper;
import dev.floe.schemas.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Puts a journal's events and answers into their envelopes. */
final class JournalRecords<E> {

  private final JournalPlace place;
  private final AvroWire wire;
  private final RecordMapper<E> events;
  private final About<E> about;

  /** A command that was verified and understood, with what its record says around it. */
  record Understood<C>(
      ConsumerRecord<byte[], byte[]> record,
      Asked<C> asked,
      RecordPosition position,
      Verified sender) {}

  JournalRecords(JournalPlace place, AvroWire wire, RecordMapper<E> events, About<E> about) {
    this.place = place;
    this.wire = wire;
    this.events = events;
    this.about = about;
  }

  /** The record of an event that a command led to. */
  ProducerRecord<byte[], byte[]> event(Understood<?> understood, Recorded<E> fact, long epoch) {
    IndexedRecord record = events.write(fact.event());
    String topic = place.events().name();
    String key = fact.subject();
    var headers = understood.record().headers();
    var envelope =
        new Envelope(
            fact.id(),
            record.getSchema().getFullName(),
            place.source(),
            about.subject(key, fact.event()),
            fact.at(),
            about.correlation(fact.event()).orElse(null),
            fact.cause(),
            fact.by(),
            new Numbers(fact.sequence(), epoch),
            understood.position(),
            source(understood),
            TraceParent.continuing(Envelope.text(headers, Envelope.TRACEPARENT).orElse(null)));
    return new ProducerRecord<>(
        topic,
        KeyPartition.of(key, place.events().partitions()),
        null,
        key.getBytes(StandardCharsets.UTF_8),
        wire.encode(topic, record),
        envelope.headers());
  }

  /** Where reactions begin depends on it: a stranger's word must not make them skip anything. */
  private static @Nullable RecordPosition source(Understood<?> understood) {
    return understood.asked().by().kind() == Actor.Kind.SYSTEM
        ? Envelope.position(understood.record().headers(), Envelope.CAUSE_POSITION).orElse(null)
        : null;
  }

  /** The record of the answer to a command. */
  ProducerRecord<byte[], byte[]> reply(Understood<?> understood, IndexedRecord reply, Actor by) {
    Asked<?> asked = understood.asked();
    var envelope =
        new Envelope(
            Ids.random(),
            reply.getSchema().getFullName(),
            place.source(),
            asked.subject(),
            asked.at(),
            null,
            asked.id(),
            by,
            null,
            understood.position(),
            null,
            TraceParent.continuing(
                Envelope.text(understood.record().headers(), Envelope.TRACEPARENT).orElse(null)));
    String topic = Topics.REPLIES.name();
    var record =
        new ProducerRecord<>(
            topic,
            null,
            null,
            asked.id().getBytes(StandardCharsets.UTF_8),
            wire.encode(topic, reply),
            envelope.headers());
    understood
        .sender()
        .replyTo()
        .ifPresent(
            to -> record.headers().add(Envelope.REPLY_TO, to.getBytes(StandardCharsets.UTF_8)));
    return record;
  }
}
