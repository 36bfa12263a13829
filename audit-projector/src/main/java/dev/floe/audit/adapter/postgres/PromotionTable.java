package dev.floe.audit.adapter.postgres;

import dev.floe.audit.view.Asking;
import dev.floe.audit.view.Copies;
import dev.floe.audit.view.Course;
import dev.floe.audit.view.GateLog;
import dev.floe.audit.view.JsonText;
import dev.floe.audit.view.PromotionRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Promotions as they stand in their table. */
final class PromotionTable {

  static final String COLUMNS = "id, artifact, course, gates, asking, copies";

  private static final String UPSERT =
      """
      insert into promotion (
        id, artifact, version, to_env, state, requested_at, ended_at, approval_state,
        course, gates, asking, copies)
      values (
        :id, :artifact, :version, :to, :state, :requested, :ended, :approval,
        cast(:course as jsonb), cast(:gates as jsonb), cast(:asking as jsonb),
        cast(:copies as jsonb))
      on conflict (id) do update set
        version = excluded.version, to_env = excluded.to_env, state = excluded.state,
        requested_at = excluded.requested_at, ended_at = excluded.ended_at,
        approval_state = excluded.approval_state, course = excluded.course,
        gates = excluded.gates, asking = excluded.asking, copies = excluded.copies
      """;

  private PromotionTable() {}

  static PromotionRow read(ResultSet row) throws SQLException {
    return new PromotionRow(
        row.getString("id"),
        row.getString("artifact"),
        JsonText.readOrNull(row.getString("course"), Course.class),
        JsonText.readOrNull(row.getString("gates"), GateLog.class),
        JsonText.readOrNull(row.getString("asking"), Asking.class),
        JsonText.readOrNull(row.getString("copies"), Copies.class));
  }

  static Map<String, PromotionRow> byIds(Handle handle, Collection<String> ids) {
    Map<String, PromotionRow> rows = new HashMap<>();
    if (!ids.isEmpty()) {
      handle
          .createQuery("select %s from promotion where id = any(:ids)".formatted(COLUMNS))
          .bindArray("ids", String.class, ids.stream().map(Columns::name).toArray())
          .map((row, _) -> read(row))
          .forEach(row -> rows.put(row.id(), row));
    }
    return rows;
  }

  static void write(Handle handle, Collection<PromotionRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    var batch = handle.prepareBatch(UPSERT);
    for (PromotionRow row : rows) {
      Course course = row.course();
      Course.Request request = course == null ? null : course.request();
      boolean ended = course != null && Course.isFinal(course.state());
      batch
          .bind("id", Columns.name(row.id()))
          .bind("artifact", Columns.name(row.artifact()))
          .bind("version", request == null ? null : Columns.name(request.version()))
          .bind("to", request == null ? null : Columns.name(request.to()))
          .bind("state", course == null ? null : course.state())
          .bind("requested", Columns.time(request == null ? null : request.at()))
          .bind("ended", Columns.time(course != null && ended ? course.last().at() : null))
          .bind("approval", row.asking() == null ? null : row.asking().state())
          .bind("course", JsonText.writeOrNull(course))
          .bind("gates", JsonText.writeOrNull(row.gates()))
          .bind("asking", JsonText.writeOrNull(row.asking()))
          .bind("copies", JsonText.writeOrNull(row.copies()))
          .add();
    }
    batch.execute();
  }
}
