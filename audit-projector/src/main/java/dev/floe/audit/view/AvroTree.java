package dev.floe.audit.view;

import dev.floe.kernel.Rfc3339;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into plain maps and lists, for JSON: enums as lower-case words, bytes as Base64.
 */
final class AvroTree {

  private AvroTree() {}

  /** The record's fields but those in {@code without}, in the schema's order. */
  static Map<String, @Nullable Object> of(IndexedRecord record, Set<String> without) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    for (Schema.Field field : record.getSchema().getFields()) {
      if (!without.contains(field.name())) {
        tree.put(field.name(), value(record.get(field.pos())));
      }
    }
    return tree;
  }

  private static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case IndexedRecord record -> of(record, Set.of());
      case GenericEnumSymbol<?> symbol -> symbol.toString().toLowerCase(Locale.ROOT);
      case Enum<?> symbol -> symbol.name().toLowerCase(Locale.ROOT);
      case List<?> list -> list(list);
      case Map<?, ?> map -> map(map);
      case ByteBuffer bytes -> base64(bytes);
      case Number number -> number;
      case Boolean flag -> flag;
      case Instant time -> Rfc3339.text(time);
      default -> value.toString();
    };
  }

  private static List<@Nullable Object> list(List<?> list) {
    List<@Nullable Object> values = new ArrayList<>();
    list.forEach(each -> values.add(value(each)));
    return values;
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> map) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    map.forEach((key, each) -> values.put(String.valueOf(key), value(each)));
    return values;
  }

  private static String base64(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return Base64.getEncoder().encodeToString(copy);
  }
}
