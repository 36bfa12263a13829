package dev.floe.messaging;

import dev.floe.messaging.avro.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Tells failures that say something about a record from those that say something about the world: a
 * broker or a registry that is away must cost no record.
 */
public final class Unavailable {

  private Unavailable() {}

  /** Whether {@code failure} would have met any other record too. */
  public static boolean is(Throwable failure) {
    boolean world = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case RecordTooLargeException _, SerializationException _, InvalidRecordException _ -> {
          return false;
        }
        case KafkaException _,
            SchemaRegistry.Unavailable _,
            IOException _,
            UncheckedIOException _,
            InterruptedException _ ->
            world = true;
        default -> {}
      }
    }
    return world;
  }
}
