package dev.floe.messaging.avro;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** One Java record beside its Avro schema, component by field. */
record RecordShape(Class<?> type, Schema schema, Constructor<?> constructor, List<Part> parts) {

  /**
   * One component.
   *
   * @param optional whether the component is an {@code Optional}, which stands for the union's null
   */
  record Part(Method accessor, Schema.Field field, Conversion conversion, boolean optional) {

    @Nullable Object write(Object owner) {
      Object value = invoke(accessor, owner);
      if (value instanceof Optional<?> box) {
        value = box.orElse(null);
      }
      return value == null ? null : conversion.toAvro().apply(value);
    }

    @Nullable Object read(@Nullable Object value) {
      Object result = value == null ? null : conversion.toJava().apply(value);
      return optional ? Optional.ofNullable(result) : result;
    }
  }

  IndexedRecord write(Object value) {
    var record = new GenericData.Record(schema);
    for (Part part : parts) {
      record.put(part.field().pos(), part.write(value));
    }
    return record;
  }

  Object read(IndexedRecord record) {
    @Nullable Object[] arguments = new Object[parts.size()];
    boolean sameLayout = record.getSchema().equals(schema);
    for (int i = 0; i < arguments.length; i++) {
      Part part = parts.get(i);
      Schema.Field field =
          sameLayout ? part.field() : record.getSchema().getField(part.field().name());
      arguments[i] = part.read(field == null ? null : record.get(field.pos()));
    }
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException refused) {
      throw rethrown(refused.getCause());
    } catch (ReflectiveOperationException unreachable) {
      throw new IllegalStateException(unreachable);
    }
  }

  static @Nullable Object invoke(Method method, Object owner) {
    try {
      return method.invoke(owner);
    } catch (InvocationTargetException thrown) {
      throw rethrown(thrown.getCause());
    } catch (IllegalAccessException unreachable) {
      throw new IllegalStateException(unreachable);
    }
  }

  static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(cause);
  }
}
