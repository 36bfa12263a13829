package dev.floe.messaging.journal;

import dev.floe.kernel.Asked;
import dev.floe.messaging.journal.Fold.Told;
import java.util.List;
import java.util.Optional;

/** The first answer to a command, for whoever sends it again: read back, never decided anew. */
final class Repeats<E> {

  private final EventLog<E> log;
  private final ReplyLog replies;
  private final Answers<E> answers;

  Repeats(EventLog<E> log, ReplyLog replies, Answers<E> answers) {
    this.log = log;
    this.replies = replies;
    this.answers = answers;
  }

  /** The answer that is made of the events that the command caused; they must be committed. */
  Told ofEvents(Asked<?> asked, Remembered.Effect effect) {
    List<EventLog.Stored<E>> stored =
        log.caused(asked.subject(), asked.id(), effect.offset(), effect.count());
    return new Told(
        answers.write(asked.id(), asked.subject(), stored), stored.getLast().fact().by());
  }

  /** The answer that stands among the answers; empty where none was given or is kept. */
  Optional<Told> ofNothing(Asked<?> asked, Seen.First first) {
    return replies.to(asked.subject(), asked.id(), first.at());
  }
}
