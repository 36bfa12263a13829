package dev.floe.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that could not be handled, as they came, with the reason in headers, for {@code
 * <topic>.dlt}.
 *
 * <p>The credential is taken out: a dead letter may be read by more people than a command.
 */
public final class DeadLetters {

  /** Header with one of {@link Reason}'s codes. */
  public static final String REASON = "floe_reason";

  /** Header with one sentence: what was expected, what was found. */
  public static final String DETAIL = "floe_detail";

  /** Header with the record's own {@code topic/partition/offset}. */
  public static final String POSITION = "floe_position";

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final long LOG_EVERY = Duration.ofMinutes(1).toNanos();

  private final Map<Reason, Tally> tallies = new HashMap<>();

  /** Why a record is dead. */
  public enum Reason {
    /** Key missing, not the artifact its token or value names, or in another key's partition. */
    WRONG_PARTITION("wrong-partition"),
    INVALID_TOKEN("invalid-token"),
    UNDECODABLE("undecodable"),
    MALFORMED("malformed");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  private static final class Tally {
    private long count;
    private long unlogged;
    private long loggedAt;
  }

  /** The letter for {@code record}; whoever asks sends it, in the transaction of the offset. */
  public ProducerRecord<byte[], byte[]> letter(
      ConsumerRecord<byte[], byte[]> record, Reason reason, String detail) {
    var position = new RecordPosition(record.topic(), record.partition(), record.offset());
    count(reason, position, detail);
    Headers headers = new RecordHeaders(record.headers().toArray());
    headers.remove(Envelope.AUTHORIZATION);
    add(headers, REASON, reason.code());
    add(headers, DETAIL, detail);
    add(headers, POSITION, position.toString());
    return new ProducerRecord<>(
        record.topic() + ".dlt", null, null, record.key(), record.value(), headers);
  }

  /** How many records this process gave up for {@code reason}. */
  public synchronized long count(Reason reason) {
    Tally tally = tallies.get(reason);
    return tally == null ? 0 : tally.count;
  }

  /** At most one line a minute and reason: a flood of junk must not become a flood of log. */
  private synchronized void count(Reason reason, RecordPosition position, String detail) {
    Tally tally = tallies.computeIfAbsent(reason, _ -> new Tally());
    tally.count++;
    tally.unlogged++;
    long now = System.nanoTime();
    if (tally.count == 1 || now - tally.loggedAt > LOG_EVERY) {
      LOG.atWarn()
          .setMessage("record moved to the dead letters")
          .addKeyValue("reason", reason.code())
          .addKeyValue("position", position)
          .addKeyValue("detail", detail)
          .addKeyValue("sinceLastLine", tally.unlogged)
          .log();
      tally.unlogged = 0;
      tally.loggedAt = now;
    }
  }

  private static void add(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
