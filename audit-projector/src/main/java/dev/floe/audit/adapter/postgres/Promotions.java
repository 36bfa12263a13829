package dev.floe.audit.adapter.postgres;

import dev.floe.audit.view.ApprovalView;
import dev.floe.audit.view.CursorText;
import dev.floe.audit.view.Page;
import dev.floe.audit.view.PromotionRow;
import dev.floe.audit.view.PromotionView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Finds promotions and the approvals they wait for. */
public final class Promotions {

  private final Jdbi jdbi;

  public Promotions(Database database) {
    this.jdbi = database.jdbi();
  }

  /** Which promotions are wanted; what is null restricts nothing. */
  public record Filter(
      @Nullable String artifact,
      @Nullable String version,
      @Nullable String env,
      @Nullable String state) {}

  public Optional<PromotionView> find(String id) {
    return jdbi.withHandle(handle -> row(handle, id)).flatMap(PromotionView::of);
  }

  public Optional<ApprovalView> approval(String id) {
    return jdbi.withHandle(handle -> row(handle, id)).flatMap(ApprovalView::of);
  }

  /** One page of promotions, newest first. */
  public Page<PromotionView> list(Filter filter, int limit, @Nullable String cursor) {
    Wanted wanted =
        new Wanted()
            .and("course is not null")
            .and("artifact = :artifact", "artifact", filter.artifact())
            .and("version = :version", "version", filter.version())
            .and("to_env = :env", "env", filter.env())
            .and("state = :state", "state", filter.state());
    if (cursor != null) {
      after(wanted, cursor);
    }
    return jdbi.withHandle(
        handle -> {
          List<PromotionView> found =
              wanted
                  .bind(
                      handle.createQuery(
                          """
                          select %s from promotion %s
                          order by requested_at desc, id desc limit :limit
                          """
                              .formatted(PromotionTable.COLUMNS, wanted.where())))
                  .bind("limit", limit + 1)
                  .map((row, _) -> PromotionTable.read(row))
                  .stream()
                  .flatMap(row -> PromotionView.of(row).stream())
                  .toList();
          return Page.of(
              found, limit, last -> CursorText.of(last.requestedAt().toString(), last.id()));
        });
  }

  /** Approvals, the latest request first. */
  public List<ApprovalView> approvals(Filter filter, int limit) {
    Wanted wanted =
        new Wanted()
            .and("asking is not null")
            .and("artifact = :artifact", "artifact", filter.artifact())
            .and("asking ->> 'version' = :version", "version", filter.version())
            .and("asking ->> 'to' = :env", "env", filter.env())
            .and("approval_state = :state", "state", filter.state());
    return jdbi.withHandle(
        handle ->
            wanted
                .bind(
                    handle.createQuery(
                        """
                        select %s from promotion %s
                        order by asking ->> 'requestedAt' desc, id desc limit :limit
                        """
                            .formatted(PromotionTable.COLUMNS, wanted.where())))
                .bind("limit", limit)
                .map((row, _) -> PromotionTable.read(row))
                .stream()
                .flatMap(row -> ApprovalView.of(row).stream())
                .toList());
  }

  static Optional<PromotionRow> row(Handle handle, String id) {
    return Optional.ofNullable(PromotionTable.byIds(handle, List.of(id)).get(id));
  }

  /** Promotions of an artifact that had begun and not ended at a time, the oldest first. */
  static List<PromotionRow> openAt(Handle handle, String artifact, Instant time) {
    return handle
        .createQuery(
            """
            select %s from promotion
            where artifact = :artifact and requested_at <= :time
              and (ended_at is null or ended_at > :time)
            order by requested_at, id
            """
                .formatted(PromotionTable.COLUMNS))
        .bind("artifact", artifact)
        .bind("time", Columns.time(time))
        .map((row, _) -> PromotionTable.read(row))
        .list();
  }

  /** For each environment the latest promotion that had ended by then and brought nothing. */
  static List<PromotionRow> lastFruitless(Handle handle, String artifact, Instant time) {
    return handle
        .createQuery(
            """
            select distinct on (to_env) %s from promotion
            where artifact = :artifact and ended_at <= :time
              and state not in ('succeeded', 'refused')
            order by to_env, ended_at desc, id desc
            """
                .formatted(PromotionTable.COLUMNS))
        .bind("artifact", artifact)
        .bind("time", Columns.time(time))
        .map((row, _) -> PromotionTable.read(row))
        .list();
  }

  static List<PromotionRow> ofVersion(Handle handle, String artifact, String version) {
    return handle
        .createQuery(
            """
            select %s from promotion where artifact = :artifact and version = :version
            order by requested_at, id
            """
                .formatted(PromotionTable.COLUMNS))
        .bind("artifact", artifact)
        .bind("version", version)
        .map((row, _) -> PromotionTable.read(row))
        .list();
  }

  private static void after(Wanted wanted, String cursor) {
    List<String> parts = CursorText.parts(cursor, 2).orElseThrow(Trail.BadCursor::new);
    Instant at = CursorText.time(parts.getFirst()).orElseThrow(Trail.BadCursor::new);
    wanted
        .and("(requested_at, id) < (:cAt, :cId)")
        .with("cAt", at.atOffset(ZoneOffset.UTC))
        .with("cId", parts.getLast());
  }
}
