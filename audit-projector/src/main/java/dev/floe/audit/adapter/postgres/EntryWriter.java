package dev.floe.audit.adapter.postgres;

import dev.floe.audit.view.EntryRow;
import dev.floe.audit.view.JsonText;
import dev.floe.messaging.RecordPosition;
import dev.floe.messaging.feed.FeedRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Writes the trail's entries. */
final class EntryWriter {

  /** PostgreSQL refuses to index more than a megabyte of words; nobody searches for the rest. */
  private static final int SEARCHED = 100_000;

  private static final String INSERT =
      """
      insert into audit_entry (
        topic, partition, record_offset, key, at, known_at, event, version, digest, from_env,
        to_env, user_name, user_kind, promotion, id, cause, source_position, verdict, details,
        headers, value, search)
      values (
        :topic, :partition, :offset, :key, :at, :known, :event, :version, :digest, :from,
        :to, :user, :kind, :promotion, :id, :cause, :source, :verdict, cast(:details as jsonb),
        :headers, :value, to_tsvector('simple', :words))
      on conflict do nothing
      """;

  private EntryWriter() {}

  static String position(FeedRecord record) {
    return new RecordPosition(record.topic(), record.partition(), record.offset()).toString();
  }

  static void write(Handle handle, List<EntryRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (EntryRow row : rows) {
      FeedRecord record = row.record();
      batch
          .bind("topic", record.topic())
          .bind("partition", record.partition())
          .bind("offset", record.offset())
          .bind("key", Columns.name(record.key()))
          .bind("known", Columns.time(record.timestamp()))
          .bind("headers", RawHeaders.encode(record.headers()))
          .bind("value", record.value());
      bind(batch, row);
      batch.add();
    }
    batch.execute();
  }

  private static void bind(PreparedBatch batch, EntryRow row) {
    batch
        .bind("at", Columns.time(row.at()))
        .bind("event", Columns.name(row.event()))
        .bind("version", row.version())
        .bind("digest", row.digest())
        .bind("from", row.fromEnv())
        .bind("to", row.toEnv())
        .bind("user", Columns.name(row.user()))
        .bind("kind", row.userKind())
        .bind("promotion", Columns.name(row.promotion()))
        .bind("id", row.id())
        .bind("cause", row.cause())
        .bind("source", row.source() == null ? null : row.source().toString())
        .bind("verdict", row.verdict())
        .bind("details", JsonText.write(row.details()))
        .bind("words", words(row));
  }

  private static @Nullable String words(EntryRow row) {
    var words = new StringBuilder();
    collect(words, row.event());
    collect(words, row.record().key());
    collect(words, row.version());
    collect(words, row.digest());
    collect(words, row.fromEnv());
    collect(words, row.toEnv());
    collect(words, row.user());
    collect(words, row.promotion());
    collect(words, row.details());
    return words.toString();
  }

  private static void collect(StringBuilder words, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case Map<?, ?> map -> map.values().forEach(each -> collect(words, each));
      case Collection<?> list -> list.forEach(each -> collect(words, each));
      default -> {
        String text = Objects.toString(value);
        int room = SEARCHED - words.length();
        if (room > 0) {
          words.append(text, 0, Math.min(room, text.length())).append(' ');
        }
      }
    }
  }
}
