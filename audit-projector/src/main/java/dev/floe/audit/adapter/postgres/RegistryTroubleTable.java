package dev.floe.audit.adapter.postgres;

import dev.floe.audit.view.RegistryTrouble;
import dev.floe.audit.view.RegistryTrouble.Change;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What is the matter with registries, and was, as it stands in its table. */
final class RegistryTroubleTable {

  private RegistryTroubleTable() {}

  static void write(Handle handle, String artifact, Change change, Instant at) {
    RegistryTrouble trouble = change.trouble();
    String sql =
        switch (change) {
          case Change.Began _ ->
              """
              insert into registry_trouble (
                artifact, environment, registry, about, kind, message, since)
              values (:artifact, :environment, :registry, :about, :kind, :message, :at)
              on conflict (artifact, environment, registry, about) where until is null
                do update set kind = excluded.kind, message = excluded.message
              """;
          case Change.Ended _ ->
              """
              update registry_trouble set until = greatest(since, :at)
              where artifact = :artifact and environment = :environment and registry = :registry
                and about = :about and until is null
              """;
        };
    var update =
        handle
            .createUpdate(sql)
            .bind("artifact", artifact)
            .bind("environment", trouble.environment())
            .bind("registry", trouble.registry())
            .bind("about", trouble.about())
            .bind("at", Columns.time(at));
    if (change instanceof Change.Began) {
      update.bind("kind", trouble.kind()).bind("message", trouble.message());
    }
    update.execute();
  }

  static List<RegistryTrouble> at(Handle handle, String artifact, Instant time) {
    return handle
        .createQuery(
            """
            select environment, registry, about, kind, message from registry_trouble
            where artifact = :artifact and since <= :at and (until is null or until > :at)
            order by since, registry, about
            """)
        .bind("artifact", artifact)
        .bind("at", Columns.time(time))
        .map(
            (row, _) ->
                new RegistryTrouble(
                    row.getString("environment"),
                    row.getString("registry"),
                    row.getString("about"),
                    row.getString("kind"),
                    row.getString("message")))
        .list();
  }
}
