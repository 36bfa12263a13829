package dev.floe.messaging.journal;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Recorded;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.RecordPosition;
import dev.floe.messaging.SequenceVerdict;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the events of one partition come to, subject by subject; thrown away rather than mended. */
final class Fold<S, E> {

  private static final Logger LOG = LoggerFactory.getLogger(Fold.class);

  private static final int RECENT = 256;

  private final Decider<?, S, E> decider;
  private final Map<String, Subject<S>> subjects = new HashMap<>();
  private final Map<TopicPartition, Long> causes = new HashMap<>();
  private final Map<String, String> halted = new ConcurrentHashMap<>();
  private final Seen seen = new Seen();
  private long highestEpoch;

  /** Answers of late, so that a repeat that follows at once needs no reading. */
  private final Map<String, Told> recent =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
          return size() > RECENT;
        }
      };

  /** What a command was answered, and by whom it was asked. */
  record Told(IndexedRecord reply, Actor by) {}

  Fold(Decider<?, S, E> decider) {
    this.decider = decider;
  }

  Map<String, Subject<S>> subjects() {
    return subjects;
  }

  Subject<S> subject(String key) {
    return subjects.computeIfAbsent(key, _ -> new Subject<>(decider.initialState()));
  }

  /** The subject begins again, to be folded anew. */
  void drop(String key) {
    subjects.remove(key);
    halted.remove(key);
  }

  /** The subjects that nothing is decided about, with the reason; safe for every thread. */
  Map<String, String> halted() {
    return halted;
  }

  /** The commands whose tokens may still live, whatever came of them. */
  Seen seen() {
    return seen;
  }

  /** What a command was answered of late; null where it has to be read again. */
  @Nullable Told told(String key, String commandId) {
    return recent.get(key + '\n' + commandId);
  }

  void told(String key, String commandId, Told answer) {
    recent.put(key + '\n' + commandId, answer);
  }

  /** The epoch of a writer that takes over after everything folded so far. */
  long nextEpoch() {
    return highestEpoch == Long.MAX_VALUE ? highestEpoch : highestEpoch + 1;
  }

  /** Offset of the last record of {@code source} that had an effect; -1 where none had. */
  long highestCause(TopicPartition source) {
    return causes.getOrDefault(source, -1L);
  }

  /** No event may name a command that is still to come: it would be taken for a redelivery. */
  void believeCauses(TopicPartition source, long end) {
    Long highest = causes.get(source);
    if (highest != null && highest >= end) {
      LOG.atError()
          .setMessage("events name a command that is not there: no event says how far they came")
          .addKeyValue("source", source)
          .addKeyValue("named", highest)
          .addKeyValue("end", end)
          .log();
      causes.remove(source);
    }
  }

  private void caused(@Nullable RecordPosition cause) {
    if (cause != null) {
      causes.merge(new TopicPartition(cause.topic(), cause.partition()), cause.offset(), Math::max);
    }
  }

  /** One event from the log; what cannot be folded halts its subject alone. */
  void fold(Envelope envelope, Recorded<E> fact, RecordPosition position) {
    Subject<S> subject = subject(fact.subject());
    Numbers numbers = Objects.requireNonNull(envelope.numbers());
    SequenceVerdict verdict = SequenceVerdict.of(subject.last(), numbers);
    highestEpoch = Math.max(highestEpoch, numbers.epoch());
    if (verdict == SequenceVerdict.VOID) {
      LOG.atError()
          .setMessage("an event is void: its number was taken, or its writer replaced")
          .addKeyValue("position", position)
          .addKeyValue("subject", fact.subject())
          .addKeyValue("numbers", numbers)
          .addKeyValue("last", subject.last())
          .log();
      return;
    }
    // A halted subject keeps counting: its commands must not be decided again after a resume.
    caused(envelope.causePosition());
    subject.remembered().caused(fact.cause(), fact.at().toEpochMilli(), position.offset());
    if (verdict == SequenceVerdict.GAP) {
      halt(
          fact.subject(),
          new IllegalStateException(
              "expected event %d at %s, found %d"
                  .formatted(subject.last().sequence() + 1, position, numbers.sequence())));
    } else if (subject.halted() == null) {
      try {
        subject.become(decider.evolve(subject.state(), fact), numbers);
      } catch (RuntimeException broken) {
        halt(fact.subject(), broken);
      }
    }
  }

  void halt(String key, Throwable why) {
    Subject<S> subject = subject(key);
    if (subject.halted() == null) {
      LOG.atError()
          .setMessage("a subject is halted; resume it after the fix")
          .addKeyValue("subject", key)
          .setCause(why)
          .log();
      subject.halt(why);
      halted.put(key, String.valueOf(why.getMessage()));
    }
  }
}
