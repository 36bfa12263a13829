package dev.floe.manifest;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds one object of a JSON tree; what is null or empty is left out. */
final class Tree {

  private final Map<String, Object> values = new LinkedHashMap<>();

  Tree put(String key, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case List<?> list when list.isEmpty() -> {}
      case Map<?, ?> map when map.isEmpty() -> {}
      case Boolean _, Integer _, Long _, List<?> _, Map<?, ?> _, BigDecimal _ ->
          values.put(key, value);
      case Enum<?> word -> values.put(key, word.name().toLowerCase(Locale.ROOT));
      default -> values.put(key, value.toString());
    }
    return this;
  }

  Tree putAll(Map<String, ?> more) {
    more.forEach(this::put);
    return this;
  }

  Map<String, Object> done() {
    return values;
  }
}
