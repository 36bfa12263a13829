package dev.floe.audit.view;

import java.time.Instant;
import org.apache.avro.generic.IndexedRecord;

/**
 * One event that counts, as the folds see it.
 *
 * @param id the event's own
 * @param artifact the record's key
 * @param at when it happened
 * @param by who caused it
 */
public record Fact(String id, String artifact, Instant at, String by, IndexedRecord body) {}
