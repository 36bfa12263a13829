/**
 * Confluent's schema registry, the part that clients use: Avro, kept in the {@code _schemas} topic,
 * open to read, registering by token.
 */
@NullMarked
package dev.floe.embedded.schemaregistry;

import org.jspecify.annotations.NullMarked;
