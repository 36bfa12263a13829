package dev.floe.audit.view;

import dev.floe.messaging.Envelope;
import dev.floe.messaging.RecordPosition;
import dev.floe.messaging.SequenceVerdict;
import dev.floe.messaging.feed.FeedRecord;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record of the log as the trail keeps it.
 *
 * @param at when it happened
 * @param source where the event stands that led to it in another topic; null where none did
 * @param verdict null where it counts
 */
public record EntryRow(
    FeedRecord record,
    Instant at,
    String event,
    @Nullable String version,
    @Nullable String digest,
    @Nullable String fromEnv,
    @Nullable String toEnv,
    String user,
    String userKind,
    @Nullable String promotion,
    String id,
    @Nullable String cause,
    @Nullable RecordPosition source,
    @Nullable String verdict,
    Map<String, @Nullable Object> details) {

  /** Fields that stand beside {@code details}. */
  private static final Set<String> APART = Set.of("promotion", "version", "digest", "from", "to");

  public static EntryRow of(FeedRecord record) {
    Envelope envelope = record.envelope();
    IndexedRecord body = record.decoded() == null ? null : record.decoded().record();
    return new EntryRow(
        record,
        envelope == null ? record.timestamp() : envelope.time(),
        event(envelope, body),
        body == null ? null : Fields.text(body, "version"),
        body == null ? null : Fields.text(body, "digest"),
        body == null ? null : Fields.text(body, "from"),
        body == null ? null : Fields.text(body, "to", "environment"),
        envelope == null ? "" : envelope.by().name(),
        envelope == null ? "" : envelope.by().kind().authType(),
        promotion(envelope, body),
        envelope == null ? "" : envelope.id(),
        envelope == null ? null : envelope.causation(),
        envelope == null ? null : envelope.sourcePosition(),
        verdict(record),
        body == null
            ? Map.of("problem", Objects.requireNonNullElse(record.problem(), "no value"))
            : AvroTree.of(body, APART));
  }

  /** Whether the views may be changed by it. */
  public boolean counts() {
    return verdict == null && record.decoded() != null && record.envelope() != null;
  }

  /** The event for the folds; only where it {@link #counts}. */
  public Fact fact() {
    return new Fact(id, record.key(), at, user, Objects.requireNonNull(record.decoded()).record());
  }

  private static String event(@Nullable Envelope envelope, @Nullable IndexedRecord body) {
    if (body != null) {
      return EventName.of(body.getSchema().getFullName());
    }
    return envelope == null ? "unreadable" : EventName.of(envelope.type());
  }

  private static @Nullable String promotion(
      @Nullable Envelope envelope, @Nullable IndexedRecord body) {
    String named = body == null ? null : Fields.promotion(body);
    return named != null || envelope == null ? named : envelope.correlation();
  }

  private static @Nullable String verdict(FeedRecord record) {
    if (record.verdict() != SequenceVerdict.ACCEPT) {
      return record.verdict().name().toLowerCase(Locale.ROOT);
    }
    return record.problem() == null ? null : "unreadable";
  }
}
