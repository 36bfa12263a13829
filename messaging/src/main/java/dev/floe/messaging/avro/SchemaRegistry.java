package dev.floe.messaging.avro;

import org.apache.avro.Schema;

/**
 * Gives schemas their numbers, and schemas for numbers.
 *
 * <p>Every method fails with {@link Unavailable} when the registry cannot be reached, which says
 * nothing about the schema, and with {@link Rejected} when it said no.
 */
public interface SchemaRegistry {

  /** The id of {@code schema} under {@code subject}, registering it if it is not there. */
  int register(String subject, Schema schema);

  /** The schema with this id. */
  Schema byId(int id);

  /** The id of {@code schema} under {@code subject}, which must be there. */
  int idOf(String subject, Schema schema);

  /** The registry cannot be reached or is ill; the same question later may be answered. */
  final class Unavailable extends RuntimeException {
    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }

    public Unavailable(String message) {
      super(message);
    }
  }

  /**
   * The registry answered, and the answer is no: unknown id, incompatible schema, no permission.
   */
  final class Rejected extends RuntimeException {
    public Rejected(String message) {
      super(message);
    }
  }
}
