package dev.floe.messaging.avro;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Lays Java records beside Avro schemas, and says by name where they differ. */
final class Shapes {

  private record Pair(Class<?> type, Schema schema) {}

  private final Conversions conversions;
  private final Map<Pair, RecordShape> known = new HashMap<>();

  Shapes(List<Scalar<?>> scalars) {
    this.conversions = new Conversions(scalars, this);
  }

  RecordShape of(Class<?> type, Schema schema) {
    var pair = new Pair(type, schema);
    RecordShape shape = known.get(pair);
    if (shape == null) {
      shape = build(type, schema);
      known.put(pair, shape);
    }
    return shape;
  }

  private RecordShape build(Class<?> type, Schema schema) {
    RecordComponent[] components = type.getRecordComponents();
    List<RecordShape.Part> parts = new ArrayList<>();
    for (RecordComponent component : components) {
      Schema.Field field = schema.getField(component.getName());
      if (field == null) {
        throw new Mismatch(
            "%s.%s has no field in %s, which has %s"
                .formatted(
                    type.getSimpleName(),
                    component.getName(),
                    schema.getFullName(),
                    schema.getFields().stream().map(Schema.Field::name).toList()));
      }
      parts.add(part(type, component, field));
    }
    for (Schema.Field field : schema.getFields()) {
      if (Stream.of(components).noneMatch(each -> each.getName().equals(field.name()))) {
        throw new Mismatch(
            "the field '%s' of %s is no component of %s"
                .formatted(field.name(), schema.getFullName(), type.getName()));
      }
    }
    return new RecordShape(type, schema, constructor(type, components), parts);
  }

  private RecordShape.Part part(Class<?> owner, RecordComponent component, Schema.Field field) {
    String place = owner.getSimpleName() + '.' + component.getName();
    Optional<Schema> inUnion = otherThanNull(field.schema());
    Type type = component.getGenericType();
    boolean optional = component.getType() == Optional.class;
    boolean nullable = optional || isNullable(component.getAnnotatedType());
    if (inUnion.isPresent() != nullable) {
      throw new Mismatch(
          inUnion.isPresent()
              ? "%s may be null in the schema: make it @Nullable or Optional".formatted(place)
              : "%s may be null in Java, the schema %s allows none"
                  .formatted(place, field.schema()));
    }
    if (optional) {
      type = ((ParameterizedType) type).getActualTypeArguments()[0];
    }
    Conversion conversion = conversions.of(type, inUnion.orElse(field.schema()), place);
    var accessor = component.getAccessor();
    accessor.setAccessible(true);
    return new RecordShape.Part(accessor, field, conversion, optional);
  }

  /** The other branch of a union with null; empty for what is no union. */
  private static Optional<Schema> otherThanNull(Schema schema) {
    if (!schema.isUnion()) {
      return Optional.empty();
    }
    return schema.getTypes().stream()
        .filter(branch -> branch.getType() != Schema.Type.NULL)
        .findFirst();
  }

  private static boolean isNullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  static Constructor<?> constructor(Class<?> type, RecordComponent[] components) {
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Set<Class<?>> numbers() {
    return Set.of(int.class, Integer.class, long.class, Long.class, double.class, Double.class);
  }
}
