package dev.floe.audit.adapter.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.floe.audit.view.CursorText;
import dev.floe.audit.view.Entry;
import dev.floe.audit.view.EntryFilter;
import dev.floe.audit.view.EntryReference;
import dev.floe.audit.view.JsonText;
import dev.floe.audit.view.Page;
import dev.floe.messaging.RecordPosition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Searches, pages and follows the trail. */
public final class Trail {

  private static final TypeReference<Map<String, @Nullable Object>> DETAILS =
      new TypeReference<>() {};

  private static final String COLUMNS =
      """
      seq, topic, partition, record_offset, key, at, event, version, digest, from_env, to_env,
      user_name, user_kind, promotion, id, cause, verdict, details
      """;

  private final Jdbi jdbi;
  private final Manifests manifests;

  public Trail(Database database, Manifests manifests) {
    this.jdbi = database.jdbi();
    this.manifests = manifests;
  }

  /**
   * An entry with its place in the order in which entries were stored.
   *
   * @param seq grows with each entry, and begins anew when the projections are rebuilt
   */
  public record Stored(long seq, Entry entry) {}

  /** In which order a search answers. */
  public enum Order {
    NEWEST_FIRST("<", "desc"),
    OLDEST_FIRST(">", "asc");

    private final String beyond;
    private final String direction;

    Order(String beyond, String direction) {
      this.beyond = beyond;
      this.direction = direction;
    }

    private String by() {
      return "order by at %1$s, topic %1$s, partition %1$s, record_offset %1$s"
          .formatted(direction);
    }
  }

  /** A cursor that no page ever ended with. */
  public static final class BadCursor extends RuntimeException {
    BadCursor() {
      super("this server did not issue the cursor");
    }
  }

  /** One page of what {@code filter} wants. */
  public Page<Entry> search(EntryFilter filter, Order order, int limit, @Nullable String cursor) {
    Wanted wanted = wanted(filter);
    if (cursor != null) {
      after(wanted, order, cursor);
    }
    return jdbi.withHandle(
        handle -> {
          Manifests.Calendar calendar = manifests.calendar(handle);
          String sql =
              "select %s from audit_entry %s %s limit :limit"
                  .formatted(COLUMNS, wanted.where(), order.by());
          List<Entry> found =
              wanted
                  .bind(handle.createQuery(sql))
                  .bind("limit", limit + 1)
                  .map((row, _) -> entry(row, calendar))
                  .list();
          return Page.of(found, limit, Trail::cursor);
        });
  }

  /** Whether there is anything that {@code filter} wants. */
  public boolean hasAny(EntryFilter filter) {
    Wanted wanted = wanted(filter);
    return jdbi.withHandle(
        handle ->
            wanted
                .bind(
                    handle.createQuery(
                        "select exists (select from audit_entry %s)".formatted(wanted.where())))
                .mapTo(Boolean.class)
                .one());
  }

  /** The cursor to go on with after the entry at {@code position}; empty where there is none. */
  public Optional<String> cursorAfter(RecordPosition position) {
    return jdbi.withHandle(
        handle ->
            at(handle, position, "at")
                .map((row, _) -> Columns.instant(row, "at"))
                .findOne()
                .map(at -> CursorText.of(at.toString(), position.toString())));
  }

  /** What was stored after {@code seq} and is wanted, in the order it was stored. */
  public List<Stored> storedAfter(long seq, EntryFilter filter, int limit) {
    Wanted wanted = wanted(filter).and("seq > :seq", "seq", seq);
    return jdbi.withHandle(
        handle -> {
          Manifests.Calendar calendar = manifests.calendar(handle);
          return wanted
              .bind(
                  handle.createQuery(
                      "select %s from audit_entry %s order by seq limit :limit"
                          .formatted(COLUMNS, wanted.where())))
              .bind("limit", limit)
              .map((row, _) -> new Stored(row.getLong("seq"), entry(row, calendar)))
              .list();
        });
  }

  /** The place of the last entry; 0 where there is none. */
  public long lastSeq() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select coalesce(max(seq), 0) from audit_entry")
                .mapTo(Long.class)
                .one());
  }

  /** The place of the entry at a position of the log; empty where there is none. */
  public Optional<Long> seqOf(RecordPosition position) {
    return jdbi.withHandle(handle -> at(handle, position, "seq").mapTo(Long.class).findOne());
  }

  private static Query at(Handle handle, RecordPosition position, String column) {
    return handle
        .createQuery(
            """
            select %s from audit_entry
            where topic = :topic and partition = :partition and record_offset = :offset
            """
                .formatted(column))
        .bind("topic", position.topic())
        .bind("partition", position.partition())
        .bind("offset", position.offset());
  }

  /** Whether everything is stored that led to what is stored of a promotion. */
  public boolean hasCausesOf(String promotion) {
    return jdbi.withHandle(
        handle -> {
          Map<TopicPartition, Long> next = Heads.offsets(handle);
          return handle
              .createQuery(
                  """
                  select distinct source_position from audit_entry
                  where promotion = :promotion and source_position is not null
                  """)
              .bind("promotion", promotion)
              .mapTo(String.class)
              .stream()
              .flatMap(text -> RecordPosition.parse(text).stream())
              .allMatch(
                  source ->
                      next.getOrDefault(new TopicPartition(source.topic(), source.partition()), 0L)
                          > source.offset());
        });
  }

  private static String cursor(Entry last) {
    return CursorText.of(last.timestamp().toString(), last.position());
  }

  private static void after(Wanted wanted, Order order, String cursor) {
    List<String> parts = CursorText.parts(cursor, 2).orElseThrow(BadCursor::new);
    RecordPosition position = RecordPosition.parse(parts.getLast()).orElseThrow(BadCursor::new);
    Instant at = CursorText.time(parts.getFirst()).orElseThrow(BadCursor::new);
    wanted
        .and(
            "(at, topic, partition, record_offset) %s (:cAt, :cTopic, :cPartition, :cOffset)"
                .formatted(order.beyond))
        .with("cAt", at.atOffset(ZoneOffset.UTC))
        .with("cTopic", position.topic())
        .with("cPartition", position.partition())
        .with("cOffset", position.offset());
  }

  private static Wanted wanted(EntryFilter filter) {
    return new Wanted()
        .and("key = :artifact", "artifact", Columns.name(filter.artifact()))
        .and("version = :version", "version", filter.version())
        .and("(from_env = :env or to_env = :env)", "env", filter.env())
        .and("user_name = :user", "user", Columns.name(filter.user()))
        .andAnyOf("event", "events", filter.events())
        .and("promotion = :request", "request", Columns.name(filter.request()))
        .and("at >= :from", "from", Columns.time(filter.from()))
        .and("at < :to", "to", Columns.time(filter.to()))
        .and("search @@ websearch_to_tsquery('simple', :text)", "text", filter.text());
  }

  private static Entry entry(ResultSet row, Manifests.Calendar calendar) throws SQLException {
    Instant at = Columns.instant(row, "at");
    String event = row.getString("event");
    String version = row.getString("version");
    String from = row.getString("from_env");
    String to = row.getString("to_env");
    return new Entry(
        at,
        event,
        EntryReference.of(calendar.at(at), row.getString("key"), event, version, from, to),
        version,
        row.getString("digest"),
        from,
        to,
        row.getString("user_name"),
        row.getString("user_kind"),
        row.getString("promotion"),
        row.getString("id"),
        new RecordPosition(
                row.getString("topic"), row.getInt("partition"), row.getLong("record_offset"))
            .toString(),
        row.getString("cause"),
        row.getString("verdict"),
        JsonText.read(row.getString("details"), DETAILS));
  }
}
