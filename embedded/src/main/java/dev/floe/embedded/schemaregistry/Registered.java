package dev.floe.embedded.schemaregistry;

import org.apache.avro.Schema;

/** One version of a subject; {@code schema} is Avro's own rendering of it. */
public record Registered(String subject, int version, int id, String schema) {
  Schema parsed() {
    return parse(schema);
  }

  /** The schema in {@code json}, or Confluent's 42201. */
  static Schema parse(String json) {
    try {
      return new Schema.Parser().parse(json);
    } catch (RuntimeException e) {
      // Besides its own exception the parser throws plain ones, at an unknown type for example.
      throw RegistryRefusal.invalidSchema(String.valueOf(e.getMessage()));
    }
  }
}
