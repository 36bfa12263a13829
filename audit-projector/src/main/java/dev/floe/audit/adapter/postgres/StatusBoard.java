package dev.floe.audit.adapter.postgres;

import dev.floe.audit.view.Arrival;
import dev.floe.audit.view.PromotionRow;
import dev.floe.audit.view.Status.EnvironmentStatus;
import dev.floe.audit.view.StatusRules;
import dev.floe.manifest.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Answers where an artifact stands, or stood. */
public final class StatusBoard {

  /** As much of a slot's past as a status shows. */
  private static final int HISTORY = 20;

  private final Jdbi jdbi;
  private final Manifests manifests;

  public StatusBoard(Database database, Manifests manifests) {
    this.jdbi = database.jdbi();
    this.manifests = manifests;
  }

  /** Every environment of the manifest in force then; empty before the first manifest. */
  public Optional<List<EnvironmentStatus>> at(String artifact, Instant time) {
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ, handle -> at(handle, artifact, time));
  }

  Optional<List<EnvironmentStatus>> at(Handle handle, String artifact, Instant time) {
    return manifests
        .manifestAt(handle, time)
        .map(manifest -> rules(handle, manifest, artifact, time).environments());
  }

  private static StatusRules rules(
      Handle handle, Manifest manifest, String artifact, Instant time) {
    Map<String, List<Arrival>> arrivals = arrivals(handle, artifact, time);
    Map<String, PromotionRow> promotions = new LinkedHashMap<>();
    Promotions.openAt(handle, artifact, time).forEach(row -> promotions.put(row.id(), row));
    Promotions.lastFruitless(handle, artifact, time).forEach(row -> promotions.put(row.id(), row));
    List<String> bringers = new ArrayList<>();
    arrivals.values().stream()
        .flatMap(List::stream)
        .filter(arrival -> arrival.until() == null || arrival.until().isAfter(time))
        .map(Arrival::promotion)
        .forEach(
            id -> {
              if (id != null && !promotions.containsKey(id)) {
                bringers.add(id);
              }
            });
    promotions.putAll(PromotionTable.byIds(handle, bringers));
    return new StatusRules(
        manifest,
        time,
        arrivals,
        List.copyOf(promotions.values()),
        Heads.gaps(handle, artifact),
        RegistryTroubleTable.at(handle, artifact, time));
  }

  private static Map<String, List<Arrival>> arrivals(Handle handle, String artifact, Instant time) {
    Map<String, List<Arrival>> arrivals = new HashMap<>();
    handle
        .createQuery(
            """
            select %s from (
              select *, row_number() over (partition by environment order by since desc, id desc) n
              from arrival where artifact = :artifact and since <= :time) newest
            where n <= :history order by since desc, id desc
            """
                .formatted(ArrivalTable.COLUMNS))
        .bind("artifact", artifact)
        .bind("time", Columns.time(time))
        .bind("history", HISTORY + 1)
        .map((row, _) -> ArrivalTable.read(row))
        .forEach(
            arrival ->
                arrivals
                    .computeIfAbsent(arrival.environment(), _ -> new ArrayList<>())
                    .add(arrival));
    return arrivals;
  }
}
