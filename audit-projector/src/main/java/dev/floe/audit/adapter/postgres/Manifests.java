package dev.floe.audit.adapter.postgres;

import dev.floe.manifest.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Every manifest that is or was in force. */
public final class Manifests {

  private final Jdbi jdbi;
  private final Map<String, Manifest> parsed = new ConcurrentHashMap<>();

  public Manifests(Database database) {
    this.jdbi = database.jdbi();
  }

  /**
   * A manifest with when and by whom it was put in force.
   *
   * @param sha256 of the manifest as it was given
   * @param json canonical, with secrets replaced
   */
  public record Revision(int number, String sha256, Instant since, String by, String json) {}

  /** The revision in force at a time; empty before the first. */
  public Optional<Revision> at(Instant time) {
    return jdbi.withHandle(handle -> at(handle, time));
  }

  static Optional<Revision> at(Handle handle, Instant time) {
    return handle
        .createQuery(
            """
            select revision, sha256, since, by_user, manifest from manifest_revision
            where since <= :time order by revision desc limit 1
            """)
        .bind("time", Columns.time(time))
        .map(
            (row, _) ->
                new Revision(
                    row.getInt("revision"),
                    row.getString("sha256"),
                    Columns.instant(row, "since"),
                    row.getString("by_user"),
                    row.getString("manifest")))
        .findOne();
  }

  /** The manifest in force at a time; empty before the first. */
  public Optional<Manifest> manifestAt(Handle handle, Instant time) {
    return at(handle, time).map(this::parse);
  }

  private Manifest parse(Revision revision) {
    return parsed.computeIfAbsent(
        revision.sha256() + revision.json().hashCode(),
        _ -> Manifest.fromCanonicalJson(revision.json()));
  }

  /** All of them by the time from which they were in force, to be asked often. */
  Calendar calendar(Handle handle) {
    NavigableMap<Instant, Integer> since = new TreeMap<>();
    handle
        .createQuery("select revision, since from manifest_revision order by revision")
        .map((row, _) -> Map.entry(Columns.instant(row, "since"), row.getInt("revision")))
        .forEach(each -> since.put(each.getKey(), each.getValue()));
    return new Calendar(handle, since);
  }

  /** Which manifest was in force when. */
  final class Calendar {
    private final Handle handle;
    private final NavigableMap<Instant, Integer> since;
    private final Map<Instant, Optional<Manifest>> known = new ConcurrentHashMap<>();

    private Calendar(Handle handle, NavigableMap<Instant, Integer> since) {
      this.handle = handle;
      this.since = since;
    }

    @Nullable Manifest at(Instant time) {
      Map.Entry<Instant, Integer> entry = since.floorEntry(time);
      return entry == null
          ? null
          : known.computeIfAbsent(entry.getKey(), begun -> manifestAt(handle, begun)).orElse(null);
    }
  }

  /** Every artifact that the log or the manifest knows. */
  static List<String> artifacts(Handle handle) {
    return handle
        .createQuery("select distinct artifact from published_version order by artifact")
        .mapTo(String.class)
        .list();
  }
}
