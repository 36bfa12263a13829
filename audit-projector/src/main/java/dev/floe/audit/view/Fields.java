package dev.floe.audit.view;

import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Reads fields that many events have, whatever their type. */
final class Fields {

  private Fields() {}

  /** The text in the first of {@code names} that the record has as text; null if in none. */
  static @Nullable String text(IndexedRecord record, String... names) {
    for (String name : names) {
      if (get(record, name) instanceof CharSequence text) {
        return text.toString();
      }
    }
    return null;
  }

  /** The field's value as text; empty where it has none. */
  static String words(IndexedRecord record, String name) {
    Object value = get(record, name);
    return value == null ? "" : value.toString();
  }

  /** The field's value as a number; 0 where it has none. */
  static long number(IndexedRecord record, String name) {
    return get(record, name) instanceof Number number ? number.longValue() : 0;
  }

  /** The field's value; null where it has none, or the record no such field. */
  static @Nullable Object get(IndexedRecord record, String name) {
    Schema.Field field = record.getSchema().getField(name);
    return field == null ? null : record.get(field.pos());
  }

  /** The promotion that an event is about; an approval's id is its promotion's. */
  static @Nullable String promotion(IndexedRecord record) {
    return text(record, "promotion", "approval");
  }
}
