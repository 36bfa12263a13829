package dev.floe.messaging;

import dev.floe.kernel.Asked;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Makes the records of the commands that a service sends to its own topic, signed by it. */
public final class CommandRecords {

  private final AvroWire wire;
  private final CommandSigner signer;
  private final String source;
  private final Topic topic;

  /**
   * What a command follows from.
   *
   * @param id {@code ce_id} of the event
   * @param position where it stands
   * @param correlation its {@code ce_correlationid}
   * @param traceparent its trace, to be continued
   */
  public record Cause(
      String id,
      RecordPosition position,
      @Nullable String correlation,
      @Nullable String traceparent) {}

  /**
   * @param service the sender
   * @param topic its commands topic
   */
  public CommandRecords(AvroWire wire, CommandSigner signer, String service, Topic topic) {
    this.wire = wire;
    this.signer = signer;
    this.source = "/floe/" + service;
    this.topic = topic;
  }

  /** The record of {@code command}, asked by a person or the service itself. */
  public ProducerRecord<byte[], byte[]> of(IndexedRecord command, Asked<?> asked) {
    return of(command, asked, null);
  }

  /** The record of {@code command}, which follows from {@code cause}. */
  public ProducerRecord<byte[], byte[]> of(
      IndexedRecord command, Asked<?> asked, @Nullable Cause cause) {
    byte[] value = wire.encode(topic.name(), command);
    String token = signer.sign(topic.name(), asked.subject(), asked.id(), value, asked.by());
    String trace = cause == null ? asked.trace() : cause.traceparent();
    var envelope =
        new Envelope(
            asked.id(),
            command.getSchema().getFullName(),
            source,
            asked.subject(),
            Instant.now().truncatedTo(ChronoUnit.MICROS),
            cause == null ? null : cause.correlation(),
            cause == null ? null : cause.id(),
            asked.by(),
            null,
            cause == null ? null : cause.position(),
            null,
            TraceParent.continuing(trace));
    List<Header> headers = new ArrayList<>(envelope.headers());
    headers.add(
        new RecordHeader(
            Envelope.AUTHORIZATION, ("Bearer " + token).getBytes(StandardCharsets.UTF_8)));
    return new ProducerRecord<>(
        topic.name(),
        KeyPartition.of(asked.subject(), topic.partitions()),
        null,
        asked.subject().getBytes(StandardCharsets.UTF_8),
        value,
        headers);
  }
}
