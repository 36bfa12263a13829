package dev.floe.messaging.avro;

import java.util.function.Function;

/**
 * A value type that stands in Avro as a string.
 *
 * @param type the Java type
 * @param write its text
 * @param read the value of a text; what it throws marks the record as malformed
 */
public record Scalar<T>(Class<T> type, Function<T, String> write, Function<String, T> read) {

  /** A value type whose {@code toString} gives what {@code read} takes. */
  public static <T> Scalar<T> of(Class<T> type, Function<String, T> read) {
    return new Scalar<>(type, Object::toString, read);
  }

  Conversion conversion() {
    return new Conversion(
        value -> write.apply(type.cast(value)), value -> read.apply(value.toString()));
  }
}
