package dev.floe.audit.adapter.postgres;

import dev.floe.audit.view.Arrival;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Versions in slots as they stand in their table. */
final class ArrivalTable {

  static final String COLUMNS =
      """
      id, artifact, environment, version, digest, since, until, promotion, from_env, by_user, ref,
      failed_at, failure
      """;

  private static final String UPSERT =
      """
      insert into arrival (%s)
      values (
        :id, :artifact, :environment, :version, :digest, :since, :until, :promotion, :from, :by,
        :ref, :failed, :failure)
      on conflict (id) do update set
        until = excluded.until, failed_at = excluded.failed_at, failure = excluded.failure
      """
          .formatted(COLUMNS);

  private ArrivalTable() {}

  static Arrival read(ResultSet row) throws SQLException {
    return new Arrival(
        row.getString("id"),
        row.getString("artifact"),
        row.getString("environment"),
        row.getString("version"),
        row.getString("digest"),
        Columns.instant(row, "since"),
        Columns.instantOrNull(row, "until"),
        row.getString("promotion"),
        row.getString("from_env"),
        row.getString("by_user"),
        row.getString("ref"),
        Columns.instantOrNull(row, "failed_at"),
        row.getString("failure"));
  }

  static Optional<Arrival> live(Handle handle, String artifact, String environment) {
    return handle
        .createQuery(
            """
            select %s from arrival
            where artifact = :artifact and environment = :environment and until is null
            """
                .formatted(COLUMNS))
        .bind("artifact", artifact)
        .bind("environment", environment)
        .map((row, _) -> read(row))
        .findOne();
  }

  static List<Arrival> of(Handle handle, String artifact) {
    return handle
        .createQuery(
            "select %s from arrival where artifact = :artifact order by since, id"
                .formatted(COLUMNS))
        .bind("artifact", artifact)
        .map((row, _) -> read(row))
        .list();
  }

  /** In the order given: what ended comes before what took its place. */
  static void write(Handle handle, Collection<Arrival> arrivals) {
    if (arrivals.isEmpty()) {
      return;
    }
    var batch = handle.prepareBatch(UPSERT);
    for (Arrival arrival : arrivals) {
      batch
          .bind("id", arrival.id())
          .bind("artifact", arrival.artifact())
          .bind("environment", arrival.environment())
          .bind("version", arrival.version())
          .bind("digest", arrival.digest())
          .bind("since", Columns.time(arrival.since()))
          .bind("until", Columns.time(arrival.until()))
          .bind("promotion", arrival.promotion())
          .bind("from", arrival.from())
          .bind("by", arrival.by())
          .bind("ref", arrival.ref())
          .bind("failed", Columns.time(arrival.failedAt()))
          .bind("failure", arrival.failure())
          .add();
    }
    batch.execute();
  }
}
