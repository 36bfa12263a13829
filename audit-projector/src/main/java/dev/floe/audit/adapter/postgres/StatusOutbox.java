package dev.floe.audit.adapter.postgres;

import dev.floe.audit.view.Status.EnvironmentStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/** What has changed in slots and the log has not been told yet. */
public final class StatusOutbox {

  private final Jdbi jdbi;
  private final StatusBoard board;

  public StatusOutbox(Database database, StatusBoard board) {
    this.jdbi = database.jdbi();
    this.board = board;
  }

  /**
   * A slot that is not as the log was last told.
   *
   * @param sequence the number of the last event of the promotion topic that is in it
   */
  public record Change(String artifact, EnvironmentStatus status, long sequence) {}

  private record Told(@Nullable String version, @Nullable String digest, String health) {}

  /** Marks every artifact: whoever begins does not know what a predecessor still had to tell. */
  public void markAll() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into status_due select distinct artifact from arrival on conflict do nothing"));
  }

  /** Marks one artifact again, because telling did not succeed. */
  public void mark(String artifact) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "insert into status_due (artifact) values (:artifact) on conflict do nothing")
                .bind("artifact", artifact)
                .execute());
  }

  /** Takes the artifacts that are marked; who takes them tells, or marks them again. */
  public List<String> take() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("delete from status_due returning artifact")
                .mapTo(String.class)
                .list());
  }

  /** The slots of an artifact that differ from what the log was told. */
  public List<Change> changes(String artifact, String topic, Instant now) {
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          Map<String, Told> told = told(handle, artifact);
          long sequence = Heads.sequence(handle, topic, artifact);
          List<Change> changes = new ArrayList<>();
          for (EnvironmentStatus status : board.at(handle, artifact, now).orElse(List.of())) {
            boolean empty = status.current() == null && !told.containsKey(status.environment());
            if (!empty && !Objects.equals(told.get(status.environment()), of(status))) {
              changes.add(new Change(artifact, status, sequence));
            }
          }
          return changes;
        });
  }

  /** Remembers what the log was told. */
  public void told(Change change) {
    Told told = of(change.status());
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    """
                    insert into status_told (artifact, environment, version, digest, health)
                    values (:artifact, :environment, :version, :digest, :health)
                    on conflict (artifact, environment) do update set
                      version = excluded.version, digest = excluded.digest,
                      health = excluded.health
                    """)
                .bind("artifact", change.artifact())
                .bind("environment", change.status().environment())
                .bind("version", told.version())
                .bind("digest", told.digest())
                .bind("health", told.health())
                .execute());
  }

  private static Told of(EnvironmentStatus status) {
    var current = status.current();
    return current == null
        ? new Told(null, null, status.health())
        : new Told(current.version(), current.digest(), status.health());
  }

  private static Map<String, Told> told(Handle handle, String artifact) {
    Map<String, Told> told = new HashMap<>();
    handle
        .createQuery(
            "select environment, version, digest, health from status_told where artifact = :artifact")
        .bind("artifact", artifact)
        .map(
            (row, _) ->
                Map.entry(
                    row.getString("environment"),
                    new Told(
                        row.getString("version"),
                        row.getString("digest"),
                        row.getString("health"))))
        .forEach(each -> told.put(each.getKey(), each.getValue()));
    return told;
  }
}
