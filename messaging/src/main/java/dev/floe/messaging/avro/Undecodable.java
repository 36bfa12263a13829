package dev.floe.messaging.avro;

/** Bytes that are no Avro record in Confluent's wire format, or of a schema nobody knows. */
public final class Undecodable extends Exception {
  public Undecodable(String message) {
    super(message);
  }

  public Undecodable(String message, Throwable cause) {
    super(message, cause);
  }
}
