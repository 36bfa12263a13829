package dev.floe.messaging.avro;

import java.util.function.Function;

/** Both directions between one Java type and one Avro schema; never given a null. */
record Conversion(Function<Object, Object> toAvro, Function<Object, Object> toJava) {

  static final Conversion NONE = new Conversion(value -> value, value -> value);
}
