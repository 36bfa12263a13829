package dev.floe.messaging.journal;

import dev.floe.kernel.Decider;
import dev.floe.messaging.avro.RecordMapper;
import java.util.function.Predicate;

/**
 * What a journal decides by, and how its commands and events look outside.
 *
 * @param decider the rules
 * @param commands how commands are read and written
 * @param events how events are read and written
 * @param about what the envelope says of an event
 * @param resumes the commands that end a halt: the subject's history is folded anew before they are
 *     decided
 */
public record JournalRules<C, S, E>(
    Decider<C, S, E> decider,
    CommandCodec<C> commands,
    RecordMapper<E> events,
    About<E> about,
    Predicate<C> resumes) {

  /** Rules without a command that ends a halt. */
  public JournalRules(
      Decider<C, S, E> decider, CommandCodec<C> commands, RecordMapper<E> events, About<E> about) {
    this(decider, commands, events, about, _ -> false);
  }
}
