package dev.floe.audit.adapter.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Conditions of a query, each with the values it binds; what is null asks for nothing. */
final class Wanted {

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, List<String>> lists = new LinkedHashMap<>();

  /** Adds {@code condition}, in which {@code :name} stands for {@code value}. */
  Wanted and(String condition, String name, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      values.put(name, value);
    }
    return this;
  }

  Wanted andAnyOf(String column, String name, List<String> accepted) {
    if (!accepted.isEmpty()) {
      conditions.add("%s = any(:%s)".formatted(column, name));
      lists.put(name, accepted);
    }
    return this;
  }

  Wanted and(String condition) {
    conditions.add(condition);
    return this;
  }

  /** Binds a value that a condition names besides its own. */
  Wanted with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  String where() {
    return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
  }

  Query bind(Query query) {
    values.forEach(query::bind);
    lists.forEach((name, list) -> query.bindArray(name, String.class, list.toArray()));
    return query;
  }
}
