package dev.floe.messaging;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Rfc3339;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * The CloudEvents headers of one record, in Kafka's binary mode (contract, section 4).
 *
 * @param id {@code ce_id}
 * @param type {@code ce_type}, the Avro full name
 * @param source {@code ce_source}, {@code /floe/<service>}
 * @param subject {@code ce_subject}
 * @param time {@code ce_time}: when it happened
 * @param correlation {@code ce_correlationid}, the promotion's id; null where there is none
 * @param causation {@code ce_causationid}: id of the record that led to it; null where there is
 *     none
 * @param by {@code ce_authtype} and {@code ce_authid}
 * @param numbers what the writer of an events topic numbers; null on commands and replies
 * @param causePosition {@code ce_causeposition}; null where nothing on Kafka led to it
 * @param sourcePosition {@code ce_sourceposition}: where the event stands that the causing command
 *     reacted to; null for all but consequences of reactions
 * @param traceparent W3C trace context; null where there is none
 */
public record Envelope(
    String id,
    String type,
    String source,
    String subject,
    Instant time,
    @Nullable String correlation,
    @Nullable String causation,
    Actor by,
    @Nullable Numbers numbers,
    @Nullable RecordPosition causePosition,
    @Nullable RecordPosition sourcePosition,
    @Nullable String traceparent) {

  public static final String SPEC_VERSION = "ce_specversion";
  public static final String ID = "ce_id";
  public static final String TYPE = "ce_type";
  public static final String SOURCE = "ce_source";
  public static final String SUBJECT = "ce_subject";
  public static final String TIME = "ce_time";
  public static final String CORRELATION = "ce_correlationid";
  public static final String CAUSATION = "ce_causationid";
  public static final String AUTH_TYPE = "ce_authtype";
  public static final String AUTH_ID = "ce_authid";
  public static final String SEQUENCE = "ce_sequence";
  public static final String WRITER_EPOCH = "ce_writerepoch";
  public static final String CAUSE_POSITION = "ce_causeposition";
  public static final String SOURCE_POSITION = "ce_sourceposition";
  public static final String CONTENT_TYPE = "content-type";
  public static final String TRACEPARENT = "traceparent";
  public static final String AUTHORIZATION = "authorization";

  /** On an answer: the topic that its sender wants it forwarded to. */
  public static final String REPLY_TO = "floe_reply_to";

  /**
   * What the writer counts.
   *
   * @param sequence per topic and key, from 1, without gaps
   * @param epoch grows with every change of the partition's writer
   */
  public record Numbers(long sequence, long epoch) {}

  /** A record without the header that everything needs; the message names it. */
  public static final class Incomplete extends Exception {
    public Incomplete(String message) {
      super(message);
    }
  }

  /** The headers, in a fixed order. */
  public List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    add(headers, SPEC_VERSION, "1.0");
    add(headers, ID, id);
    add(headers, TYPE, type);
    add(headers, SOURCE, source);
    add(headers, SUBJECT, subject);
    add(headers, TIME, Rfc3339.text(time));
    add(headers, CONTENT_TYPE, "application/avro");
    add(headers, CORRELATION, correlation);
    add(headers, CAUSATION, causation);
    add(headers, AUTH_TYPE, by.kind().authType());
    add(headers, AUTH_ID, by.name());
    if (numbers != null) {
      add(headers, SEQUENCE, "%019d".formatted(numbers.sequence()));
      add(headers, WRITER_EPOCH, Long.toString(numbers.epoch()));
    }
    add(headers, CAUSE_POSITION, causePosition == null ? null : causePosition.toString());
    add(headers, SOURCE_POSITION, sourcePosition == null ? null : sourcePosition.toString());
    add(headers, TRACEPARENT, traceparent);
    return headers;
  }

  /** Reads the headers of an event; fails by name where one that every event has is missing. */
  public static Envelope read(Headers headers) throws Incomplete {
    return new Envelope(
        required(headers, ID),
        required(headers, TYPE),
        text(headers, SOURCE).orElse(""),
        text(headers, SUBJECT).orElse(""),
        time(required(headers, TIME)),
        text(headers, CORRELATION).orElse(null),
        text(headers, CAUSATION).orElse(null),
        actor(headers),
        numbers(headers),
        position(headers, CAUSE_POSITION).orElse(null),
        position(headers, SOURCE_POSITION).orElse(null),
        text(headers, TRACEPARENT).orElse(null));
  }

  /** A header as text; of several with one name the last, as Kafka's own readers do. */
  public static Optional<String> text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }

  /** A header that holds a position. */
  public static Optional<RecordPosition> position(Headers headers, String name) {
    return text(headers, name).flatMap(RecordPosition::parse);
  }

  /** The token of a command, without the word {@code Bearer}. */
  public static Optional<String> bearer(Headers headers) {
    return text(headers, AUTHORIZATION)
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).trim());
  }

  private static Actor actor(Headers headers) {
    return new Actor(
        Actor.Kind.of(text(headers, AUTH_TYPE).orElse("")),
        text(headers, AUTH_ID).orElse(""),
        Set.of());
  }

  private static @Nullable Numbers numbers(Headers headers) throws Incomplete {
    Optional<String> sequence = text(headers, SEQUENCE);
    if (sequence.isEmpty()) {
      return null;
    }
    try {
      return new Numbers(
          Long.parseLong(sequence.get()), Long.parseLong(required(headers, WRITER_EPOCH)));
    } catch (NumberFormatException notANumber) {
      throw new Incomplete(
          "%s and %s must be numbers: %s"
              .formatted(SEQUENCE, WRITER_EPOCH, notANumber.getMessage()));
    }
  }

  private static Instant time(String text) throws Incomplete {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException _) {
      throw new Incomplete("%s '%s' is no RFC 3339 time".formatted(TIME, text));
    }
  }

  private static String required(Headers headers, String name) throws Incomplete {
    return text(headers, name)
        .orElseThrow(() -> new Incomplete("the header %s is missing".formatted(name)));
  }

  private static void add(List<Header> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
