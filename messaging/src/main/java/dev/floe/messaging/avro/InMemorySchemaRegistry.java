package dev.floe.messaging.avro;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** A registry that keeps its schemas for its own life: for tests, and for a process on its own. */
public final class InMemorySchemaRegistry implements SchemaRegistry {

  private final List<Schema> schemas = new ArrayList<>();
  private final Map<Schema, Integer> ids = new HashMap<>();
  private final Map<String, Set<Integer>> subjects = new HashMap<>();

  @Override
  public synchronized int register(String subject, Schema schema) {
    int id =
        ids.computeIfAbsent(
            schema,
            fresh -> {
              schemas.add(fresh);
              return schemas.size();
            });
    subjects.computeIfAbsent(subject, _ -> new HashSet<>()).add(id);
    return id;
  }

  @Override
  public synchronized Schema byId(int id) {
    if (id < 1 || id > schemas.size()) {
      throw new Rejected("no schema has the id %d".formatted(id));
    }
    return schemas.get(id - 1);
  }

  @Override
  public synchronized int idOf(String subject, Schema schema) {
    Integer id = ids.get(schema);
    if (id == null || !subjects.getOrDefault(subject, Set.of()).contains(id)) {
      throw new Rejected(
          "the subject '%s' has no schema %s".formatted(subject, schema.getFullName()));
    }
    return id;
  }
}
