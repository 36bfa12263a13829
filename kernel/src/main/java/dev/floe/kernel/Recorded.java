package dev.floe.kernel;

import java.time.Instant;

/**
 * An event in its envelope: what the journal stamped on it.
 *
 * @param id UUIDv7, {@code ce_id}
 * @param subject the entity it is about, which is the record's key
 * @param sequence its number for this topic and key, from 1, without gaps; {@code ce_sequence}
 * @param at when it happened; {@code ce_time}
 * @param by who caused it
 * @param cause the id of the record that led to it; {@code ce_causationid}
 */
public record Recorded<E>(
    String id, String subject, long sequence, Instant at, Actor by, String cause, E event) {

  /** The same envelope around another body, for adapters that translate. */
  public <F> Recorded<F> with(F other) {
    return new Recorded<>(id, subject, sequence, at, by, cause, other);
  }
}
