/**
 * Avro in Confluent's wire format: the registry that numbers schemas, the bytes, and the mapping of
 * sealed Java records onto Avro records.
 */
@NullMarked
package dev.floe.messaging.avro;

import org.jspecify.annotations.NullMarked;
