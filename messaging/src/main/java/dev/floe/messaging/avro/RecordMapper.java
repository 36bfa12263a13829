package dev.floe.messaging.avro;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;

/**
 * Maps a sealed interface of Java records onto Avro records, by the type's and the components'
 * names, without code per type.
 *
 * <p>Components may be text, numbers, booleans, bytes, {@link java.time.Instant} (timestamp-micros
 * or -millis), {@link java.time.Duration} (ISO-8601 text), enums, lists, sets, maps with text keys,
 * records, records of a single component (which stand as that component), {@link Scalar}s, types
 * with a static {@code parse} or {@code of} from text, and any of these as {@code Optional} or
 * {@code @Nullable} where the schema is a union with null.
 *
 * @param <T> the sealed interface, or a record by itself
 */
public final class RecordMapper<T> {

  private final Class<T> type;
  private final Map<Class<?>, RecordShape> byClass = new HashMap<>();
  private final Map<String, RecordShape> byName = new LinkedHashMap<>();

  private RecordMapper(Class<T> type, Function<Class<?>, Schema> schemas, List<Scalar<?>> scalars) {
    this.type = type;
    var shapes = new Shapes(scalars);
    for (Class<?> record : records(type)) {
      RecordShape shape = shapes.of(record, schemas.apply(record));
      byClass.put(record, shape);
      RecordShape twin = byName.put(shape.schema().getFullName(), shape);
      if (twin != null) {
        throw new Mismatch(
            "%s and %s have the same name".formatted(twin.type().getName(), record.getName()));
      }
    }
  }

  /**
   * A mapper onto the classes generated in {@code avroNamespace}, one of the same simple name for
   * each record; checked here, for all types at once.
   *
   * @throws Mismatch when a record has no generated class, or its components and the schema's
   *     fields are not the same
   */
  public static <T> RecordMapper<T> of(Class<T> type, String avroNamespace, Scalar<?>... scalars) {
    return new RecordMapper<>(type, record -> generated(record, avroNamespace), List.of(scalars));
  }

  /** A mapper onto {@code schemas}, found by their simple names; for records without classes. */
  public static <T> RecordMapper<T> of(
      Class<T> type, Collection<Schema> schemas, Scalar<?>... scalars) {
    Map<String, Schema> named =
        schemas.stream().collect(Collectors.toMap(Schema::getName, schema -> schema));
    return new RecordMapper<>(
        type,
        record -> {
          Schema schema = named.get(record.getSimpleName());
          if (schema == null) {
            throw new Mismatch("%s has no schema".formatted(record.getName()));
          }
          return schema;
        },
        List.of(scalars));
  }

  /** The Avro record of {@code value}. */
  public IndexedRecord write(T value) {
    RecordShape shape = byClass.get(value.getClass());
    if (shape == null) {
      throw new IllegalArgumentException(
          "%s is none of %s".formatted(value.getClass().getName(), type.getName()));
    }
    return shape.write(value);
  }

  /**
   * The Java record of {@code record}.
   *
   * @throws Unmapped when the type is not among the mapper's, or a value is refused by the record's
   *     constructor
   */
  public T read(IndexedRecord record) throws Unmapped {
    String name = record.getSchema().getFullName();
    RecordShape shape = byName.get(name);
    if (shape == null) {
      throw new Unmapped("%s is no %s".formatted(name, type.getSimpleName()));
    }
    try {
      return type.cast(shape.read(record));
    } catch (RuntimeException refused) {
      throw new Unmapped("%s cannot be read: %s".formatted(name, refused.getMessage()), refused);
    }
  }

  /** Whether {@link #read} takes records of this full name. */
  public boolean knows(String avroFullName) {
    return byName.containsKey(avroFullName);
  }

  /** The schemas it writes, to be registered at start. */
  public List<Schema> schemas() {
    return byName.values().stream().map(RecordShape::schema).toList();
  }

  /** An Avro record that none of the mapper's types can hold. */
  public static final class Unmapped extends Exception {
    Unmapped(String message) {
      super(message);
    }

    Unmapped(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static Schema generated(Class<?> record, String namespace) {
    String name = namespace + '.' + record.getSimpleName();
    try {
      ClassLoader loader = record.getClassLoader();
      return SpecificData.get().getSchema(Class.forName(name, true, loader));
    } catch (ClassNotFoundException _) {
      throw new Mismatch(
          "%s has no schema: no class %s was generated; add %s.avsc or correct the record's name"
              .formatted(record.getName(), name, record.getSimpleName()));
    }
  }

  private static List<Class<?>> records(Class<?> type) {
    if (type.isRecord()) {
      return List.of(type);
    }
    if (!type.isSealed()) {
      throw new Mismatch(
          "%s must be a record or a sealed interface of records".formatted(type.getName()));
    }
    List<Class<?>> records = new ArrayList<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (!permitted.isRecord() && !Modifier.isAbstract(permitted.getModifiers())) {
        throw new Mismatch("%s is no record".formatted(permitted.getName()));
      }
      records.addAll(records(permitted));
    }
    return records;
  }
}
