package dev.floe.messaging.journal;

import dev.floe.kernel.Asked;
import dev.floe.messaging.CommandRecords;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.Ids;
import dev.floe.messaging.RecordPosition;
import dev.floe.messaging.Shelf;
import dev.floe.messaging.Shelf.Command;
import dev.floe.messaging.Shelf.Event;
import dev.floe.messaging.TestKafka;
import dev.floe.messaging.Tokens;
import dev.floe.messaging.avro.AvroWire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Writes records past every journal, as a stranger, a zombie or a mishap would. */
public final class RawProducer implements AutoCloseable {

  private final Producer<byte[], byte[]> producer;
  private final AvroWire wire = new AvroWire(TestKafka.get().registry());

  private RawProducer(Map<String, Object> settings) {
    this.producer = new KafkaProducer<>(settings);
  }

  public static RawProducer plain() {
    return new RawProducer(TestKafka.get().connection().producerSettings("raw"));
  }

  /** With a transaction begun, which the broker ends after {@code timeoutMs} at the earliest. */
  public static RawProducer inTransaction(String transactionalId, int timeoutMs) {
    Map<String, Object> settings =
        TestKafka.get().connection().transactionSettings(transactionalId);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, timeoutMs);
    var raw = new RawProducer(settings);
    raw.producer.initTransactions();
    raw.producer.beginTransaction();
    return raw;
  }

  void commit() {
    producer.commitTransaction();
  }

  public RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
    try {
      return producer.send(record).get();
    } catch (ExecutionException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** A command as the service itself would send it. */
  public ProducerRecord<byte[], byte[]> command(
      JournalPlace place, String id, String subject, Command command) {
    return new CommandRecords(wire, Tokens.signer(), place.service(), place.commands())
        .of(
            Shelf.COMMANDS.write(command),
            new Asked<>(id, subject, Instant.EPOCH, Instance.ADA, command));
  }

  /** An event as the journal would write it. */
  public ProducerRecord<byte[], byte[]> event(
      JournalPlace place,
      String subject,
      Event event,
      Numbers numbers,
      @Nullable RecordPosition cause) {
    var record = Shelf.EVENTS.write(event);
    var envelope =
        new Envelope(
            Ids.random(),
            record.getSchema().getFullName(),
            place.source(),
            subject,
            Instant.parse("2026-11-25T12:00:00Z"),
            null,
            Ids.random(),
            Instance.ADA,
            numbers,
            cause,
            null,
            null);
    return new ProducerRecord<>(
        place.events().name(),
        dev.floe.messaging.KeyPartition.of(subject, place.events().partitions()),
        null,
        subject.getBytes(StandardCharsets.UTF_8),
        wire.encode(place.events().name(), record),
        envelope.headers());
  }

  /** The same record with other headers, in another partition or under another key. */
  @SuppressWarnings("NullAway") // Kafka takes a record without a key and has no annotation for it
  public static ProducerRecord<byte[], byte[]> changed(
      ProducerRecord<byte[], byte[]> record,
      @Nullable Integer partition,
      byte @Nullable [] key,
      List<Header> more) {
    var changed =
        new ProducerRecord<>(
            record.topic(), partition, null, key, record.value(), record.headers());
    more.forEach(changed.headers()::add);
    return changed;
  }

  /** Ends it before its test ends; closing it again does nothing. */
  void stop() {
    close();
  }

  @Override
  public void close() {
    producer.close(java.time.Duration.ZERO);
  }
}
