package dev.floe.messaging.avro;

/** A Java record and its Avro schema differ; the message names both and the difference. */
public final class Mismatch extends IllegalArgumentException {
  Mismatch(String message) {
    super(message);
  }
}
