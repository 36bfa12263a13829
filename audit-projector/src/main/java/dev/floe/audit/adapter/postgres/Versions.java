package dev.floe.audit.adapter.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.floe.audit.view.Arrival;
import dev.floe.audit.view.JsonText;
import dev.floe.audit.view.PublishedVersion;
import dev.floe.audit.view.Timeline;
import dev.floe.audit.view.VersionView;
import dev.floe.manifest.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Lists the versions of an artifact, and tells the way of one. */
public final class Versions {

  private static final TypeReference<List<String>> REFS = new TypeReference<>() {};
  private static final String COLUMNS =
      "artifact, version, digest, environment, ref, size, media_type, created_at, by_user";

  private final Jdbi jdbi;

  public Versions(Database database) {
    this.jdbi = database.jdbi();
  }

  /** Every version of an artifact, the newest by semantic version first. */
  public List<VersionView> list(String artifact) {
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          Map<String, List<Arrival>> arrivals = new HashMap<>();
          ArrivalTable.of(handle, artifact)
              .forEach(a -> arrivals.computeIfAbsent(a.version(), _ -> new ArrayList<>()).add(a));
          Map<String, List<Tagged>> tags = tags(handle, artifact);
          return published(handle, artifact).stream()
              .sorted(
                  Comparator.comparing((PublishedVersion v) -> Version.parse(v.version()))
                      .reversed())
              .map(
                  version ->
                      view(
                          version,
                          arrivals.getOrDefault(version.version(), List.of()),
                          tags.getOrDefault(version.version(), List.of())))
              .toList();
        });
  }

  public Optional<VersionView> find(String artifact, String version) {
    return list(artifact).stream().filter(each -> each.version().equals(version)).findFirst();
  }

  /** The way of a version through the environments; empty if it was never published. */
  public Optional<Timeline> timeline(String artifact, String version) {
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle ->
            published(handle, artifact).stream()
                .filter(each -> each.version().equals(version))
                .findFirst()
                .map(found -> Timeline.of(found, Promotions.ofVersion(handle, artifact, version))));
  }

  private record Tagged(String version, String environment, List<String> refs) {}

  private static List<PublishedVersion> published(Handle handle, String artifact) {
    return handle
        .createQuery(
            "select %s from published_version where artifact = :artifact".formatted(COLUMNS))
        .bind("artifact", artifact)
        .map((row, _) -> read(row))
        .list();
  }

  private static PublishedVersion read(ResultSet row) throws SQLException {
    return new PublishedVersion(
        row.getString("artifact"),
        row.getString("version"),
        row.getString("digest"),
        row.getString("environment"),
        row.getString("ref"),
        row.getLong("size"),
        row.getString("media_type"),
        Columns.instant(row, "created_at"),
        row.getString("by_user"));
  }

  private static Map<String, List<Tagged>> tags(Handle handle, String artifact) {
    Map<String, List<Tagged>> tags = new HashMap<>();
    handle
        .createQuery(
            """
            select version, environment, refs from version_tags where artifact = :artifact
            order by at, environment, stage
            """)
        .bind("artifact", artifact)
        .map(
            (row, _) ->
                new Tagged(
                    row.getString("version"),
                    row.getString("environment"),
                    JsonText.read(row.getString("refs"), REFS)))
        .forEach(
            tagged -> tags.computeIfAbsent(tagged.version(), _ -> new ArrayList<>()).add(tagged));
    return tags;
  }

  private static VersionView view(
      PublishedVersion version, List<Arrival> arrivals, List<Tagged> tagged) {
    List<String> live = environments(arrivals, arrival -> arrival.until() == null);
    return new VersionView(
        version.version(),
        version.digest(),
        environments(arrivals, _ -> true),
        version.createdAt(),
        version.size(),
        "active",
        tags(tagged, live),
        live,
        environments(arrivals, arrival -> arrival.failedAt() != null),
        version.mediaType(),
        version.by());
  }

  private static List<String> environments(List<Arrival> arrivals, Predicate<Arrival> which) {
    return arrivals.stream().filter(which).map(Arrival::environment).distinct().toList();
  }

  /** A tag that moves belongs to the version that is live, whichever it was first set for. */
  private static List<String> tags(List<Tagged> tagged, List<String> live) {
    Set<String> tags = new LinkedHashSet<>();
    for (Tagged each : tagged) {
      for (String ref : each.refs()) {
        String tag = ref.substring(ref.lastIndexOf(':') + 1);
        if (!tag.startsWith("latest-") || live.contains(each.environment())) {
          tags.add(tag);
        }
      }
    }
    return List.copyOf(tags);
  }
}
