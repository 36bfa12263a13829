package dev.floe.audit.adapter.postgres;

import dev.floe.audit.application.Changes;
import dev.floe.audit.view.EntryRow;
import dev.floe.messaging.feed.FeedRecord;
import dev.floe.messaging.feed.FeedStore;
import java.sql.SQLTransientConnectionException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores batches of the log: entries, views and offsets in one transaction. */
public final class Projection {

  private static final Logger LOG = LoggerFactory.getLogger(Projection.class);

  private static final String TABLES =
      """
      feed_offset, head, gap, audit_entry, promotion, arrival, published_version, version_tags,
      manifest_revision, registry_trouble, status_due, status_told
      """;

  private final Jdbi jdbi;
  private final Changes changes;
  private int generation;

  public Projection(Database database, Changes changes) {
    this.jdbi = database.jdbi();
    this.changes = changes;
  }

  /** The store for one feed; it takes nothing any more once everything was dropped. */
  public synchronized FeedStore store() {
    return new Store(generation);
  }

  private final class Store implements FeedStore {
    private final int mine;

    Store(int mine) {
      this.mine = mine;
    }

    @Override
    public void store(List<FeedRecord> records, Map<TopicPartition, Long> next) {
      Projection.this.store(mine, records, next);
    }

    @Override
    public boolean isUnavailable(Throwable failure) {
      return Refusals.isUnavailable(failure);
    }
  }

  private synchronized void store(
      int feed, List<FeedRecord> records, Map<TopicPartition, Long> next) {
    if (feed != generation) {
      throw new IllegalStateException("the projections are rebuilt by another feed");
    }
    try {
      jdbi.useTransaction(handle -> store(handle, records, next));
    } catch (AssertionError broken) {
      // With assertions on, PostgreSQL's driver thinks so of a batch whose connection broke.
      throw new ConnectionException(new SQLTransientConnectionException(broken));
    }
    changes.happened();
  }

  private static void store(
      Handle handle, List<FeedRecord> records, Map<TopicPartition, Long> next) {
    Map<TopicPartition, Long> known = Heads.offsets(handle);
    // Broker time: within a partition it keeps the order, among topics it puts causes first.
    List<EntryRow> rows =
        records.stream()
            .filter(record -> record.offset() >= known.getOrDefault(place(record), 0L))
            .sorted(Comparator.comparing(FeedRecord::timestamp))
            .map(EntryRow::of)
            .toList();
    rows.forEach(Projection::complain);
    EntryWriter.write(handle, rows);
    Heads.advance(handle, rows);
    ViewWriter.write(handle, rows);
    Heads.save(handle, next);
  }

  private static TopicPartition place(FeedRecord record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private static void complain(EntryRow row) {
    if (row.verdict() != null) {
      LOG.atError()
          .setMessage("a record of the log does not count")
          .addKeyValue("position", EntryWriter.position(row.record()))
          .addKeyValue("key", row.record().key())
          .addKeyValue("verdict", row.verdict())
          .addKeyValue("problem", row.record().problem())
          .log();
    }
  }

  /** Forgets everything: the next feed begins with the log's first record. */
  public synchronized void drop() {
    generation++;
    jdbi.useTransaction(handle -> handle.execute("truncate " + TABLES + " restart identity"));
    changes.happened();
  }
}
