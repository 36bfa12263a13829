package dev.floe.embedded.schemaregistry;

import dev.floe.embedded.schemaregistry.StoredRecord.ConfigRecord;
import dev.floe.embedded.schemaregistry.StoredRecord.OtherRecord;
import dev.floe.embedded.schemaregistry.StoredRecord.RemovedRecord;
import dev.floe.embedded.schemaregistry.StoredRecord.SchemaRecord;
import dev.floe.embedded.schemaregistry.StoredRecord.SubjectDeletedRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Everything registered, as the fold of the {@code _schemas} topic. */
final class Catalogue {
  private final NavigableMap<String, NavigableMap<Integer, Registered>> subjects = new TreeMap<>();
  private final NavigableMap<Integer, String> schemas = new TreeMap<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, Integer> highestVersions = new HashMap<>();
  private final Map<String, Level> levels = new HashMap<>();
  private Level global = Level.FULL_TRANSITIVE;

  synchronized void apply(StoredRecord record) {
    switch (record) {
      case SchemaRecord(var registered, var deleted) -> {
        schemas.put(registered.id(), registered.schema());
        ids.putIfAbsent(registered.schema(), registered.id());
        highestVersions.merge(registered.subject(), registered.version(), Math::max);
        if (deleted) {
          remove(registered.subject(), registered.version());
        } else {
          subjects
              .computeIfAbsent(registered.subject(), _ -> new TreeMap<>())
              .put(registered.version(), registered);
        }
      }
      case ConfigRecord(var subject, var level) -> configure(subject, level);
      case RemovedRecord(var subject, var version) -> remove(subject, version);
      case SubjectDeletedRecord(var subject, var upTo) -> {
        for (Registered registered : versions(subject)) {
          if (registered.version() <= upTo) {
            remove(subject, registered.version());
          }
        }
      }
      case OtherRecord() -> {
        // A no-op or a mode: nothing to keep.
      }
    }
  }

  private void configure(Optional<String> subject, Optional<Level> level) {
    if (subject.isEmpty()) {
      global = level.orElse(Level.FULL_TRANSITIVE);
    } else if (level.isPresent()) {
      levels.put(subject.get(), level.get());
    } else {
      levels.remove(subject.get());
    }
  }

  private void remove(String subject, int version) {
    NavigableMap<Integer, Registered> versions = subjects.get(subject);
    if (versions != null) {
      versions.remove(version);
      if (versions.isEmpty()) {
        subjects.remove(subject);
      }
    }
  }

  synchronized List<String> subjects() {
    return List.copyOf(subjects.navigableKeySet());
  }

  /** All versions of the subject, oldest first; empty when there is no such subject. */
  synchronized List<Registered> versions(String subject) {
    NavigableMap<Integer, Registered> versions = subjects.get(subject);
    return versions == null ? List.of() : List.copyOf(versions.values());
  }

  synchronized Optional<String> schema(int id) {
    return Optional.ofNullable(schemas.get(id));
  }

  synchronized List<Registered> using(int id) {
    return subjects.values().stream()
        .map(NavigableMap::values)
        .flatMap(Collection::stream)
        .filter(registered -> registered.id() == id)
        .toList();
  }

  /** The next version of {@code subject}; a schema known elsewhere keeps its id. */
  synchronized Registered next(String subject, String schema) {
    Integer known = ids.get(schema);
    int id = known != null ? known : schemas.isEmpty() ? 1 : schemas.lastKey() + 1;
    return new Registered(subject, highestVersions.getOrDefault(subject, 0) + 1, id, schema);
  }

  synchronized Level level() {
    return global;
  }

  synchronized Optional<Level> ownLevel(String subject) {
    return Optional.ofNullable(levels.get(subject));
  }
}
