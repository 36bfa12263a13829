package dev.floe.messaging;

import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.avro.SchemaRegistry;
import dev.floe.schemas.Topic;
import java.util.Collection;
import java.util.List;

/**
 * What one process shares among its journals, reactions and feeds.
 *
 * @param kafka how to reach the brokers
 * @param wire how records become bytes
 * @param replies the one reader of {@code floe.replies}
 * @param partitions how many this installation gives to each topic that is spread by artifact
 * @param troubles what is stuck in this process
 */
public record Bus(
    KafkaConnection kafka, AvroWire wire, Replies replies, int partitions, Troubles troubles)
    implements AutoCloseable {

  /** Opens the reader of answers; the topics must exist. */
  public static Bus open(KafkaConnection kafka, SchemaRegistry registry, int partitions) {
    var wire = new AvroWire(registry);
    return new Bus(kafka, wire, Replies.open(kafka, wire), partitions, new Troubles());
  }

  /** Topics of the catalogue, as they are on this installation. */
  public List<Topic> sized(Collection<Topic> topics) {
    return topics.stream().map(topic -> topic.in(partitions)).toList();
  }

  @Override
  public void close() {
    replies.close();
  }
}
