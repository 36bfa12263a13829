package dev.floe.messaging;

import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.avro.SchemaRegistry;

/**
 * What one process shares among its journals, reactions and feeds.
 *
 * @param kafka how to reach the brokers
 * @param wire how records become bytes
 * @param replies the one reader of {@code floe.replies}
 */
public record Bus(KafkaConnection kafka, AvroWire wire, Replies replies) implements AutoCloseable {

  /** Opens the reader of answers; the topics must exist. */
  public static Bus open(KafkaConnection kafka, SchemaRegistry registry) {
    var wire = new AvroWire(registry);
    return new Bus(kafka, wire, Replies.open(kafka, wire));
  }

  @Override
  public void close() {
    replies.close();
  }
}
