package dev.floe.embedded.kafka;

import java.time.Duration;
import java.util.Map;

/**
 * How much all strangers together may take of the broker, which shares this process's memory.
 *
 * @param connections open at a time; one more waits until another ends
 * @param idle until a connection on which nothing happens is closed
 * @param remembered how long a producer is known that has gone quiet; a stranger may name another
 *     one in each batch
 * @param writtenBytes in a second
 * @param readBytes in a second
 * @param threadPercent of one thread's time
 */
record StrangersLimits(
    int connections,
    Duration idle,
    Duration remembered,
    int writtenBytes,
    int readBytes,
    int threadPercent) {

  static final StrangersLimits DEFAULT =
      new StrangersLimits(64, Duration.ofSeconds(30), Duration.ofMinutes(3), 1 << 20, 32 << 20, 20);

  /** A length that announces more ends the connection. */
  static final int REQUEST_BYTES = 2 << 20;

  /** More than strangers' connections can fill, so that there is always some for the services. */
  private static final int REQUESTS_TOGETHER = 192 << 20;

  private static final int BEFORE_SIGN_IN = 64 << 10;

  Map<String, String> properties() {
    return Map.of(
        "socket.request.max.bytes", Integer.toString(REQUEST_BYTES),
        "queued.max.request.bytes", Integer.toString(REQUESTS_TOGETHER),
        "sasl.server.max.receive.size", Integer.toString(BEFORE_SIGN_IN),
        "listener.name.public.max.connections", Integer.toString(connections),
        "connections.max.idle.ms", Long.toString(idle.toMillis()),
        "producer.id.expiration.ms", Long.toString(remembered.toMillis()),
        "producer.id.expiration.check.interval.ms", Long.toString(remembered.toMillis() / 3),
        "offset.metadata.max.bytes", "64");
  }

  StrangersLimits shortOfRoom() {
    return new StrangersLimits(connections, idle, remembered, 16 << 10, readBytes, threadPercent);
  }

  /** By Kafka's names. */
  Map<String, Double> quotas() {
    return Map.of(
        "producer_byte_rate", (double) writtenBytes,
        "consumer_byte_rate", (double) readBytes,
        "request_percentage", (double) threadPercent);
  }
}
