package dev.floe.audit.adapter.postgres;

import dev.floe.audit.view.EntryRow;
import dev.floe.messaging.Envelope.Numbers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** How far the log is read: by partition, to go on there, and by key, to answer for. */
public final class Heads {

  private final Jdbi jdbi;

  public Heads(Database database) {
    this.jdbi = database.jdbi();
  }

  /** For each partition the offset to go on with. */
  public Map<TopicPartition, Long> offsets() {
    return jdbi.withHandle(Heads::offsets);
  }

  static Map<TopicPartition, Long> offsets(Handle handle) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    handle
        .createQuery("select topic, partition, next_offset from feed_offset")
        .map(
            (row, _) ->
                Map.entry(
                    new TopicPartition(row.getString("topic"), row.getInt("partition")),
                    row.getLong("next_offset")))
        .forEach(each -> offsets.put(each.getKey(), each.getValue()));
    return offsets;
  }

  /** The last numbers that count for a topic and key; (0, 0) before the first. */
  public Numbers numbers(String topic, String key) {
    return jdbi.withHandle(handle -> find(handle, topic, key)).orElse(new Numbers(0, 0));
  }

  /** The number of the last event that is stored for a topic and key; 0 before the first. */
  public long sequence(String topic, String key) {
    return numbers(topic, key).sequence();
  }

  static long sequence(Handle handle, String topic, String key) {
    return find(handle, topic, key).map(Numbers::sequence).orElse(0L);
  }

  private static Optional<Numbers> find(Handle handle, String topic, String key) {
    return handle
        .createQuery("select sequence, epoch from head where topic = :topic and key = :key")
        .bind("topic", topic)
        .bind("key", Columns.name(key))
        .map((row, _) -> new Numbers(row.getLong("sequence"), row.getLong("epoch")))
        .findOne();
  }

  /** What is missing in an artifact's log, in words; empty where nothing is. */
  static List<String> gaps(Handle handle, String artifact) {
    return handle
        .createQuery("select topic, position from gap where key = :key order by topic")
        .bind("key", Columns.name(artifact))
        .map(
            (row, _) ->
                ("The log %s lacks an event before %s, so nothing after it counts;"
                        + " whoever operates Kafka has to restore it")
                    .formatted(row.getString("topic"), row.getString("position")))
        .list();
  }

  static void save(Handle handle, Map<TopicPartition, Long> next) {
    if (next.isEmpty()) {
      return;
    }
    var batch =
        handle.prepareBatch(
            """
            insert into feed_offset (topic, partition, next_offset) values (:topic, :partition, :next)
            on conflict (topic, partition) do update
              set next_offset = greatest(feed_offset.next_offset, excluded.next_offset)
            """);
    next.forEach(
        (partition, offset) ->
            batch
                .bind("topic", partition.topic())
                .bind("partition", partition.partition())
                .bind("next", offset)
                .add());
    batch.execute();
  }

  private record Place(String topic, String key) {}

  static void advance(Handle handle, Collection<EntryRow> rows) {
    Map<Place, Numbers> last = new HashMap<>();
    List<EntryRow> gaps = new ArrayList<>();
    for (EntryRow row : rows) {
      var record = row.record();
      if ("gap".equals(row.verdict())) {
        gaps.add(row);
      } else if (!"void".equals(row.verdict())
          && record.envelope() != null
          && record.envelope().numbers() != null) {
        last.put(new Place(record.topic(), record.key()), record.envelope().numbers());
      }
    }
    if (!last.isEmpty()) {
      var batch =
          handle.prepareBatch(
              """
              insert into head (topic, key, sequence, epoch) values (:topic, :key, :sequence, :epoch)
              on conflict (topic, key) do update
                set sequence = excluded.sequence, epoch = excluded.epoch
              """);
      last.forEach(
          (place, numbers) ->
              batch
                  .bind("topic", place.topic())
                  .bind("key", Columns.name(place.key()))
                  .bind("sequence", numbers.sequence())
                  .bind("epoch", numbers.epoch())
                  .add());
      batch.execute();
    }
    gaps.forEach(row -> stop(handle, row));
  }

  private static void stop(Handle handle, EntryRow row) {
    var record = row.record();
    handle
        .createUpdate(
            """
            insert into gap (topic, key, position, at) values (:topic, :key, :position, :at)
            on conflict do nothing
            """)
        .bind("topic", record.topic())
        .bind("key", Columns.name(record.key()))
        .bind("position", EntryWriter.position(record))
        .bind("at", Columns.time(row.at()))
        .execute();
  }
}
