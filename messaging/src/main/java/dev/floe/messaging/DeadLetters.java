package dev.floe.messaging;

import dev.floe.access.RawCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that could not be handled, with the reason in headers, for {@code <topic>.dlt}.
 *
 * <p>Of a long value only the beginning is kept, with its length and its hash: the record itself
 * stays where it was for as long as its topic keeps it. The credential is taken out: a dead letter
 * may be read by more people than a command.
 */
public final class DeadLetters {

  /** Header with one of {@link Reason}'s codes. */
  public static final String REASON = "floe_reason";

  /** Header with one sentence: what was expected, what was found. */
  public static final String DETAIL = "floe_detail";

  /** Header with the record's own {@code topic/partition/offset}. */
  public static final String POSITION = "floe_position";

  /** Header with the length of the whole value, where only its beginning is kept. */
  public static final String LENGTH = "floe_value_length";

  /** Header with the SHA-256 of the whole value, where only its beginning is kept. */
  public static final String SHA256 = "floe_value_sha256";

  /** How many bytes of a value are kept. */
  public static final int KEPT = 16 << 10;

  private static final int LONGEST_DETAIL = 1_000;
  private static final int LONGEST_KEY = 1_000;
  private static final int LONGEST_HEADERS = 64 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final long LOG_EVERY = Duration.ofMinutes(1).toNanos();

  private final Map<Reason, Tally> tallies = new HashMap<>();

  /** Why a record is dead. */
  public enum Reason {
    /** Key missing, not the artifact its token or value names, or in another key's partition. */
    WRONG_PARTITION("wrong-partition"),
    INVALID_TOKEN("invalid-token"),
    UNDECODABLE("undecodable"),
    MALFORMED("malformed"),
    /** It was handled before, and its answer is no longer kept. */
    REPEATED("repeated"),
    /** Deciding it failed, or what it leads to cannot be written. */
    UNEXPECTED("unexpected");

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
  @SuppressWarnings("NullAway") // Kafka takes a record without key or value
  public ProducerRecord<byte[], byte[]> letter(
      ConsumerRecord<byte[], byte[]> record, Reason reason, String detail) {
    var position = new RecordPosition(record.topic(), record.partition(), record.offset());
    String plain = Plain.text(detail, LONGEST_DETAIL);
    count(reason, position, plain);
    Headers headers = kept(record.headers());
    add(headers, REASON, reason.code());
    add(headers, DETAIL, plain);
    add(headers, POSITION, position.toString());
    headers.remove(LENGTH);
    headers.remove(SHA256);
    byte[] value = record.value();
    if (value != null && value.length > KEPT) {
      add(headers, LENGTH, Integer.toString(value.length));
      add(headers, SHA256, RawCommand.sha256(value));
    }
    return new ProducerRecord<>(
        record.topic() + ".dlt",
        null,
        null,
        beginning(record.key(), LONGEST_KEY),
        beginning(value, KEPT),
        headers);
  }

  /** All headers but the credential, as far as they are of a sensible length together. */
  private static Headers kept(Headers all) {
    var kept = new RecordHeaders();
    int room = LONGEST_HEADERS;
    for (Header header : all) {
      int length = header.key().length() + (header.value() == null ? 0 : header.value().length);
      if (length <= room && !header.key().equals(Envelope.AUTHORIZATION)) {
        kept.add(header);
        room -= length;
      }
    }
    return kept;
  }

  private static byte @Nullable [] beginning(byte @Nullable [] bytes, int longest) {
    return bytes == null || bytes.length <= longest ? bytes : Arrays.copyOf(bytes, longest);
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
