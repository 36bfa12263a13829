package dev.floe.messaging.journal;

import org.apache.kafka.clients.producer.Producer;

/** Where the producers of partitions come from. */
@FunctionalInterface
interface Producers {

  /** A producer that writes in transactions, not yet initialised. */
  Producer<byte[], byte[]> of(String transactionalId);
}
