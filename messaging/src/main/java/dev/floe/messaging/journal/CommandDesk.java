package dev.floe.messaging.journal;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Refusal;
import dev.floe.messaging.DeadLetters;
import dev.floe.messaging.DeadLetters.Reason;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.Ids;
import dev.floe.messaging.Plain;
import dev.floe.messaging.RecordSize;
import dev.floe.messaging.Unavailable;
import dev.floe.messaging.Verification.Verified;
import dev.floe.messaging.journal.CommandReading.Read;
import dev.floe.messaging.journal.DecisionHost.Outcome;
import dev.floe.messaging.journal.Fold.Told;
import dev.floe.messaging.journal.JournalRecords.Understood;
import dev.floe.replies.v1.CommandHalted;
import dev.floe.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one command record after the other and says what each leads to. */
final class CommandDesk<C, S, E> {

  private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);

  /** Longer answers are read back rather than kept. */
  private static final int LONGEST_KEPT = 64 << 10;

  private static final int LONGEST_WORDS = 300;

  private final JournalPlace place;
  private final JournalRules<C, S, E> rules;
  private final CommandReading<C> reading;
  private final EventLog<E> log;
  private final DeadLetters letters;
  private final DecisionHost<C, S, E> host;
  private final Answers<E> answers;
  private final Repeats<E> repeats;
  private final JournalRecords<E> made;

  /** What the journal wrote, read back. */
  record Logs<E>(EventLog<E> events, ReplyLog replies) {}

  CommandDesk(
      JournalPlace place,
      JournalRules<C, S, E> rules,
      CommandReading<C> reading,
      Logs<E> logs,
      DeadLetters letters,
      DecisionHost<C, S, E> host) {
    this.place = place;
    this.rules = rules;
    this.reading = reading;
    this.log = logs.events();
    this.letters = letters;
    this.host = host;
    this.made = new JournalRecords<>(place, log.wire(), rules.events(), rules.about());
    this.answers = new Answers<>(log.wire(), rules.events(), rules.about(), place.events().name());
    this.repeats = new Repeats<>(log, logs.replies(), answers);
  }

  /**
   * Adds to {@code batch} what {@code record} leads to.
   *
   * @return whether it was handled; if not, {@code batch} has to be committed first
   */
  boolean handle(
      ConsumerRecord<byte[], byte[]> record, Fold<S, E> fold, long epoch, Batch<E> batch) {
    if (isPassed(record, fold)) {
      return true;
    }
    batch.handledOne();
    return switch (reading.read(record)) {
      case Read.Nobodys<C>(Reason reason, String detail) -> {
        batch.add(letters.letter(record, reason, detail));
        yield true;
      }
      case Read.NotUnderstood<C>(Verified sender, Reason reason, String detail) -> {
        batch.add(letters.letter(record, reason, detail));
        yield see(record, sender, fold);
      }
      case Read.Resume<C>(Verified sender) -> resume(record, sender, fold, batch);
      case Read.Understood<C>(Understood<C> command) -> {
        yield repeatOrDecide(command, fold, epoch, batch) && see(record, command.sender(), fold);
      }
    };
  }

  private boolean resume(
      ConsumerRecord<byte[], byte[]> record, Verified sender, Fold<S, E> fold, Batch<E> batch) {
    return foldAgain(EventLog.key(record), fold, batch) && see(record, sender, fold);
  }

  /** Does nothing about a subject that is not halted; false where the batch must go first. */
  private boolean foldAgain(String key, Fold<S, E> fold, Batch<E> batch) {
    if (fold.subject(key).halted() != null) {
      if (!batch.isEmpty()) {
        return false;
      }
      fold.drop(key);
      log.replay(fold, key);
      batch.foldedAgain(key);
    }
    return true;
  }

  /** Lays aside what failed each time it was tried, undecided. */
  void giveUp(
      ConsumerRecord<byte[], byte[]> record, Throwable cause, Fold<S, E> fold, Batch<E> batch) {
    if (isPassed(record, fold)) {
      return;
    }
    batch.handledOne();
    if (reading.read(record) instanceof Read.Understood<C>(Understood<C> command)) {
      condemn(command, cause, fold, batch);
      var _ = see(record, command.sender(), fold);
    } else {
      batch.add(letters.letter(record, Reason.UNEXPECTED, Plain.text(cause, LONGEST_WORDS)));
    }
  }

  /** Another journal's, or a redelivery: what it led to is folded already. */
  private boolean isPassed(ConsumerRecord<byte[], byte[]> record, Fold<S, E> fold) {
    var source = new TopicPartition(record.topic(), record.partition());
    return !place.keys().test(EventLog.key(record)) || record.offset() <= fold.highestCause(source);
  }

  private boolean see(ConsumerRecord<byte[], byte[]> record, Verified sender, Fold<S, E> fold) {
    Instant at = Instant.ofEpochMilli(record.timestamp());
    fold.seen().add(EventLog.key(record), CommandReading.id(record), at, sender.life());
    return true;
  }

  private boolean repeatOrDecide(
      Understood<C> command, Fold<S, E> fold, long epoch, Batch<E> batch) {
    Asked<C> asked = command.asked();
    Remembered.Effect effect = fold.subject(asked.subject()).remembered().of(asked.id());
    Seen.First first = fold.seen().of(asked.subject(), asked.id());
    if (effect == null && first == null) {
      if (fold.seen().mayHaveForgotten(command.sender().life())) {
        batch.add(letters.letter(command.record(), Reason.INVALID_TOKEN, FORGOTTEN));
        return true;
      }
      return decide(command, fold, epoch, batch);
    }
    Told told = fold.told(asked.subject(), asked.id());
    if (told == null && !batch.isEmpty()) {
      // The first answer may be among what is not committed yet.
      return false;
    }
    if (told == null) {
      told = read(asked, effect, first).orElse(null);
    }
    if (told == null) {
      batch.add(letters.letter(command.record(), Reason.REPEATED, REPEATED));
      return true;
    }
    if (first != null && isAskedAnew(told, command, first)) {
      return decide(command, fold, epoch, batch);
    }
    fold.told(asked.subject(), asked.id(), told);
    batch.add(made.reply(command, told.reply(), told.by()));
    return true;
  }

  private static final String FORGOTTEN =
      "the token is too old to tell the command from a repeat: send it again with a new one";

  private static final String REPEATED =
      "the command was handled before, and its answer is no longer kept";

  private Optional<Told> read(
      Asked<C> asked, Remembered.@Nullable Effect effect, Seen.@Nullable First first) {
    if (effect != null) {
      return Optional.of(repeats.ofEvents(asked, effect));
    }
    return first == null ? Optional.empty() : repeats.ofNothing(asked, first);
  }

  /** "Halted" decides nothing: its sender may ask again, and only its sender has a newer token. */
  private static boolean isAskedAnew(Told told, Understood<?> command, Seen.First first) {
    return told.reply() instanceof CommandHalted
        && command.sender().life().issued().isAfter(first.life().issued());
  }

  private boolean decide(Understood<C> command, Fold<S, E> fold, long epoch, Batch<E> batch) {
    Asked<C> asked = command.asked();
    String key = asked.subject();
    if (rules.resumes().test(asked.command()) && !foldAgain(key, fold, batch)) {
      return false;
    }
    Throwable halted = fold.subject(key).halted();
    if (halted != null) {
      String why = Plain.text(String.valueOf(halted.getMessage()), LONGEST_WORDS);
      answer(command, new CommandHalted(asked.id(), why), fold, batch);
      return true;
    }
    try {
      accept(command, fold, epoch, batch);
    } catch (RuntimeException | StackOverflowError broken) {
      if (Unavailable.is(broken)) {
        throw broken;
      }
      condemn(command, broken, fold, batch);
    }
    return true;
  }

  /** Deciding is total: what cannot be decided is refused, and nothing but that. */
  private void condemn(Understood<C> command, Throwable why, Fold<S, E> fold, Batch<E> batch) {
    LOG.atError()
        .setMessage("a command cannot be decided; it is refused and among the dead letters")
        .addKeyValue("position", command.position())
        .addKeyValue("subject", Plain.text(command.asked().subject(), LONGEST_WORDS))
        .addKeyValue("command", command.asked().command().getClass().getSimpleName())
        .setCause(why)
        .log();
    batch.add(letters.letter(command.record(), Reason.UNEXPECTED, Plain.text(why, LONGEST_WORDS)));
    Asked<C> asked = command.asked();
    var reply = answers.refusal(asked.id(), asked.subject(), Refusal.unexpected());
    answer(command, reply, fold, batch);
  }

  private void accept(Understood<C> command, Fold<S, E> fold, long epoch, Batch<E> batch) {
    Asked<C> asked = command.asked();
    Subject<S> subject = fold.subject(asked.subject());
    long before = subject.last().sequence();
    Outcome<S, E> outcome =
        host.handle(
            subject.state(), asked, (index, event) -> stamp(asked, before + index + 1, event));
    // Everything that can fail comes before the batch and the state are touched.
    List<EventLog.Stored<E>> stored = new ArrayList<>();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Recorded<E> fact : outcome.facts()) {
      ProducerRecord<byte[], byte[]> record = made.event(command, fact, epoch);
      RecordSize.requireFits(record, place.events());
      records.add(record);
      stored.add(new EventLog.Stored<>(record.value(), fact));
    }
    answer(command, answers.write(asked.id(), asked.subject(), stored), fold, batch);
    for (int i = 0; i < records.size(); i++) {
      batch.event(records.get(i), stored.get(i).fact(), i == 0);
      subject.remembered().caused(asked.id(), asked.at().toEpochMilli(), -1);
    }
    subject.become(outcome.state(), new Numbers(before + stored.size(), epoch));
  }

  /** Groups are the identity provider's word at that time and no part of the record. */
  private static <E> Recorded<E> stamp(Asked<?> asked, long sequence, E event) {
    return new Recorded<>(
        Ids.random(),
        asked.subject(),
        sequence,
        asked.at(),
        withoutGroups(asked.by()),
        asked.id(),
        event);
  }

  private static Actor withoutGroups(Actor by) {
    return new Actor(by.kind(), by.name(), Set.of());
  }

  /** An answer that fits; it is told again when the command comes again. */
  private void answer(Understood<C> command, IndexedRecord reply, Fold<S, E> fold, Batch<E> batch) {
    Asked<C> asked = command.asked();
    Actor by = withoutGroups(asked.by());
    ProducerRecord<byte[], byte[]> record = made.reply(command, reply, by);
    RecordSize.requireFits(record, Topics.REPLIES);
    batch.add(record);
    if (record.value().length <= LONGEST_KEPT) {
      fold.told(asked.subject(), asked.id(), new Told(reply, by));
    }
  }
}
