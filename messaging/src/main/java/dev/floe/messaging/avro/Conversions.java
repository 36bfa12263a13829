package dev.floe.messaging.avro;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Finds, once per component, how its Java type and its Avro schema become one another. */
final class Conversions {

  private final Map<Class<?>, Conversion> scalars = new HashMap<>();
  private final Shapes shapes;

  Conversions(List<Scalar<?>> scalars, Shapes shapes) {
    this.shapes = shapes;
    this.scalars.put(Duration.class, Scalar.of(Duration.class, Duration::parse).conversion());
    for (Scalar<?> scalar : scalars) {
      this.scalars.put(scalar.type(), scalar.conversion());
    }
  }

  Conversion of(Type type, Schema schema, String place) {
    Class<?> raw = raw(type);
    Conversion found =
        switch (schema.getType()) {
          case STRING -> text(raw, place);
          case INT, LONG, DOUBLE -> number(raw, schema);
          case BOOLEAN -> raw == boolean.class || raw == Boolean.class ? Conversion.NONE : null;
          case BYTES -> raw == byte[].class ? BYTES : null;
          case ENUM -> raw.isEnum() ? constants(raw.asSubclass(Enum.class), schema, place) : null;
          case ARRAY -> items(type, raw, schema, place);
          case MAP -> entries(type, raw, schema, place);
          case RECORD -> raw.isRecord() ? nested(shapes.of(raw, schema)) : null;
          default -> null;
        };
    if (found == null && raw.isRecord() && raw.getRecordComponents().length == 1) {
      found = single(raw, schema, place);
    }
    if (found == null) {
      throw new Mismatch(
          "%s is a %s in Java, which %s cannot hold".formatted(place, type.getTypeName(), schema));
    }
    return found;
  }

  private @Nullable Conversion text(Class<?> raw, String place) {
    Conversion scalar = scalars.get(raw);
    if (scalar != null) {
      return scalar;
    }
    if (raw == String.class) {
      return new Conversion(value -> value, Object::toString);
    }
    if (raw.isEnum()) {
      return named(raw.asSubclass(Enum.class), place);
    }
    return raw.isRecord() && raw.getRecordComponents().length == 1 ? null : parsed(raw);
  }

  /** A type that reads its own {@code toString} by a static {@code parse} or {@code of}. */
  private static @Nullable Conversion parsed(Class<?> raw) {
    return Stream.of(raw.getMethods())
        .filter(method -> method.getName().equals("parse") || method.getName().equals("of"))
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
        .filter(method -> method.getReturnType() == raw)
        .findFirst()
        .map(method -> new Conversion(Object::toString, text -> call(method, text.toString())))
        .orElse(null);
  }

  private static Object call(Method method, String text) {
    try {
      return method.invoke(null, text);
    } catch (java.lang.reflect.InvocationTargetException refused) {
      throw RecordShape.rethrown(refused.getCause());
    } catch (IllegalAccessException unreachable) {
      throw new IllegalStateException(unreachable);
    }
  }

  private static @Nullable Conversion number(Class<?> raw, Schema schema) {
    if (raw == Instant.class) {
      return instant(schema.getLogicalType());
    }
    if (!Shapes.numbers().contains(raw)) {
      return null;
    }
    return switch (schema.getType()) {
      case INT -> raw == int.class || raw == Integer.class ? Conversion.NONE : null;
      case LONG -> raw == long.class || raw == Long.class ? Conversion.NONE : null;
      default -> raw == double.class || raw == Double.class ? Conversion.NONE : null;
    };
  }

  private static @Nullable Conversion instant(@Nullable LogicalType logical) {
    ChronoUnit unit =
        switch (logical) {
          case LogicalTypes.TimestampMicros _ -> ChronoUnit.MICROS;
          case LogicalTypes.TimestampMillis _ -> ChronoUnit.MILLIS;
          case null, default -> null;
        };
    if (unit == null) {
      return null;
    }
    return new Conversion(
        value -> unit.between(Instant.EPOCH, (Instant) value),
        // Generated classes convert logical types themselves, generic records do not.
        value -> value instanceof Instant time ? time : Instant.EPOCH.plus((Long) value, unit));
  }

  private static final Conversion BYTES =
      new Conversion(
          value -> ByteBuffer.wrap((byte[]) value),
          value -> {
            ByteBuffer view = ((ByteBuffer) value).duplicate();
            byte[] bytes = new byte[view.remaining()];
            view.get(bytes);
            return bytes;
          });

  private static Conversion constants(Class<?> raw, Schema schema, String place) {
    Map<String, Object> constants = constantsByName(raw);
    for (String symbol : schema.getEnumSymbols()) {
      if (!constants.containsKey(symbol)) {
        throw new Mismatch(
            "%s: the symbol %s of %s is no constant of %s"
                .formatted(place, symbol, schema.getFullName(), raw.getName()));
      }
    }
    for (String name : constants.keySet()) {
      if (!schema.hasEnumSymbol(name)) {
        throw new Mismatch(
            "%s: the constant %s of %s is no symbol of %s"
                .formatted(place, name, raw.getName(), schema.getFullName()));
      }
    }
    return new Conversion(
        value -> new GenericData.EnumSymbol(schema, ((Enum<?>) value).name()),
        value -> known(constants, value.toString(), raw));
  }

  private static Conversion named(Class<?> raw, String place) {
    Map<String, Object> constants = constantsByName(raw);
    if (constants.isEmpty()) {
      throw new Mismatch("%s: %s has no constants".formatted(place, raw.getName()));
    }
    return new Conversion(
        value -> ((Enum<?>) value).name(), value -> known(constants, value.toString(), raw));
  }

  private static Object known(Map<String, Object> constants, String name, Class<?> raw) {
    Object constant = constants.get(name);
    if (constant == null) {
      throw new IllegalArgumentException("%s has no %s".formatted(raw.getSimpleName(), name));
    }
    return constant;
  }

  private static Map<String, Object> constantsByName(Class<?> raw) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Object constant : raw.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
    return constants;
  }

  private @Nullable Conversion items(Type type, Class<?> raw, Schema schema, String place) {
    if ((raw != List.class && raw != Set.class) || !(type instanceof ParameterizedType generic)) {
      return null;
    }
    Conversion item =
        of(generic.getActualTypeArguments()[0], schema.getElementType(), place + "[]");
    Function<Object, Object> toJava =
        raw == List.class
            ? value -> List.copyOf(each((Collection<?>) value, item.toJava()))
            : value -> new LinkedHashSet<>(each((Collection<?>) value, item.toJava()));
    return new Conversion(
        value -> {
          List<Object> items = each((Collection<?>) value, item.toAvro());
          if (value instanceof Set<?>) {
            // Sorted, so that equal sets have equal bytes.
            items.sort(Comparator.comparing(Object::toString));
          }
          return items;
        },
        toJava);
  }

  private static List<Object> each(Collection<?> values, Function<Object, Object> conversion) {
    List<Object> converted = new ArrayList<>(values.size());
    for (Object value : values) {
      converted.add(conversion.apply(value));
    }
    return converted;
  }

  private @Nullable Conversion entries(Type type, Class<?> raw, Schema schema, String place) {
    if (raw != Map.class
        || !(type instanceof ParameterizedType generic)
        || generic.getActualTypeArguments()[0] != String.class) {
      return null;
    }
    Conversion value = of(generic.getActualTypeArguments()[1], schema.getValueType(), place + "{}");
    // Sorted, so that equal maps have equal bytes.
    return new Conversion(
        map -> entries((Map<?, ?>) map, value.toAvro()),
        map -> entries((Map<?, ?>) map, value.toJava()));
  }

  private static Map<String, Object> entries(Map<?, ?> map, Function<Object, Object> conversion) {
    Map<String, Object> converted = new TreeMap<>();
    map.forEach((key, value) -> converted.put(key.toString(), conversion.apply(value)));
    return converted;
  }

  private static Conversion nested(RecordShape shape) {
    return new Conversion(shape::write, value -> shape.read((IndexedRecord) value));
  }

  /** A record of one component stands as that component. */
  private Conversion single(Class<?> raw, Schema schema, String place) {
    RecordComponent component = raw.getRecordComponents()[0];
    Conversion inner = of(component.getGenericType(), schema, place + '.' + component.getName());
    var constructor = Shapes.constructor(raw, raw.getRecordComponents());
    var accessor = component.getAccessor();
    accessor.setAccessible(true);
    return new Conversion(
        value -> inner.toAvro().apply(Objects.requireNonNull(RecordShape.invoke(accessor, value))),
        value -> {
          try {
            return constructor.newInstance(inner.toJava().apply(value));
          } catch (java.lang.reflect.InvocationTargetException refused) {
            throw RecordShape.rethrown(refused.getCause());
          } catch (ReflectiveOperationException unreachable) {
            throw new IllegalStateException(unreachable);
          }
        });
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      default -> Object.class;
    };
  }
}
