package dev.floe.kernel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command with what surrounds it: whoever decides gets time, id and person as input.
 *
 * @param id the command's id; the same id twice has one effect
 * @param subject the entity that is asked, which is the record's key
 * @param at when the broker took the command in
 * @param by who asks, as the verified token says
 * @param trace W3C trace context of whoever asks, as it came; null where none did
 */
public record Asked<C>(
    String id, String subject, Instant at, Actor by, @Nullable String trace, C command) {

  /** The same without a trace. */
  public Asked(String id, String subject, Instant at, Actor by, C command) {
    this(id, subject, at, by, null, command);
  }

  /** The same question with another body, for adapters that translate. */
  public <D> Asked<D> with(D other) {
    return new Asked<>(id, subject, at, by, trace, other);
  }
}
