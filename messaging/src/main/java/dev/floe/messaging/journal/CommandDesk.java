package dev.floe.messaging.journal;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Recorded;
import dev.floe.messaging.DeadLetters;
import dev.floe.messaging.DeadLetters.Reason;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.Ids;
import dev.floe.messaging.KeyPartition;
import dev.floe.messaging.Verification;
import dev.floe.messaging.Verification.Invalid;
import dev.floe.messaging.Verification.Verified;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.avro.SchemaRegistry;
import dev.floe.messaging.avro.Undecodable;
import dev.floe.messaging.journal.DecisionHost.Outcome;
import dev.floe.replies.v1.CommandHalted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Takes one command record after the other and says what each leads to. */
final class CommandDesk<C, S, E> {

  private final JournalPlace place;
  private final JournalRules<C, S, E> rules;
  private final JournalSecurity security;
  private final AvroWire wire;
  private final EventLog<E> log;
  private final DeadLetters letters;
  private final DecisionHost<C, S, E> host;
  private final Answers<E> answers;
  private final JournalRecords<E> made;

  CommandDesk(
      JournalPlace place,
      JournalRules<C, S, E> rules,
      JournalSecurity security,
      AvroWire wire,
      EventLog<E> log,
      DeadLetters letters,
      DecisionHost<C, S, E> host) {
    this.place = place;
    this.rules = rules;
    this.security = security;
    this.wire = wire;
    this.log = log;
    this.letters = letters;
    this.host = host;
    this.made = new JournalRecords<>(place, wire, rules.events(), rules.about());
    this.answers = new Answers<>(wire, rules.events(), rules.about(), place.events().name());
  }

  /**
   * Adds to {@code batch} what {@code record} leads to.
   *
   * @return whether it was handled; if not, {@code batch} has to be committed first
   */
  boolean handle(
      ConsumerRecord<byte[], byte[]> record, Fold<S, E> fold, long epoch, Batch<E> batch) {
    String key = EventLog.key(record);
    var source = new TopicPartition(record.topic(), record.partition());
    if (!place.keys().test(key) || record.offset() <= fold.highestCause(source)) {
      // Another journal's, or a redelivery: what it led to is folded already.
      return true;
    }
    batch.handledOne();
    int own = KeyPartition.of(key, place.commands().partitions());
    if (record.key() == null || own != record.partition()) {
      dead(record, Reason.WRONG_PARTITION, misplaced(key, record, own), batch);
      return true;
    }
    String id = Envelope.text(record.headers(), Envelope.ID).orElse("");
    switch (verify(record, id, key)) {
      case Invalid invalid -> {
        dead(record, Reason.INVALID_TOKEN, invalid.reason(), batch);
        return true;
      }
      case Verified verified -> {
        Asked<C> asked = understand(record, id, key, verified, batch);
        return asked == null
            || decide(
                new JournalRecords.Understood<>(
                    record, asked, EventLog.position(record), verified.replyTo()),
                fold,
                epoch,
                batch);
      }
    }
  }

  private Verification verify(ConsumerRecord<byte[], byte[]> record, String id, String key) {
    if (id.isEmpty() || record.value() == null) {
      return new Invalid("there is no %s or no value to verify".formatted(Envelope.ID));
    }
    try {
      return security
          .verifier()
          .verify(
              record.topic(),
              key,
              id,
              record.value(),
              Envelope.bearer(record.headers()).orElse(null),
              Instant.ofEpochMilli(record.timestamp()));
    } catch (RuntimeException failed) {
      // What a stranger sends must not stop the partition, whatever it does to the verifier.
      return new Invalid("it cannot be verified: " + failed.getClass().getSimpleName());
    }
  }

  /** The command with what surrounds it; null when it went to the dead letters. */
  private @Nullable Asked<C> understand(
      ConsumerRecord<byte[], byte[]> record,
      String id,
      String key,
      Verified verified,
      Batch<E> batch) {
    try {
      IndexedRecord decoded = wire.decode(record.value()).record();
      C command = rules.commands().read(decoded, verified, key);
      return new Asked<>(id, key, Instant.ofEpochMilli(record.timestamp()), verified.by(), command);
    } catch (Undecodable unreadable) {
      dead(record, Reason.UNDECODABLE, String.valueOf(unreadable.getMessage()), batch);
    } catch (Malformed malformed) {
      dead(record, malformed.reason(), String.valueOf(malformed.getMessage()), batch);
    } catch (SchemaRegistry.Unavailable unavailable) {
      throw unavailable;
    } catch (RuntimeException surprise) {
      dead(record, Reason.MALFORMED, "it cannot be read: " + surprise, batch);
    }
    return null;
  }

  private boolean decide(
      JournalRecords.Understood<C> understood, Fold<S, E> fold, long epoch, Batch<E> batch) {
    Asked<C> asked = understood.asked();
    String key = asked.subject();
    if (fold.subject(key).halted() != null && rules.resumes().test(asked.command())) {
      if (!batch.isEmpty()) {
        return false;
      }
      fold.drop(key);
      log.replay(fold, key);
    }
    Subject<S> subject = fold.subject(key);
    Remembered.Effect before = subject.remembered().of(asked.id());
    if (before != null) {
      return repeat(understood, before, fold, batch);
    }
    if (subject.halted() != null) {
      halted(understood, subject.halted(), batch);
      return true;
    }
    try {
      accept(understood, subject, fold, epoch, batch);
    } catch (SchemaRegistry.Unavailable unavailable) {
      throw unavailable;
    } catch (RuntimeException broken) {
      fold.halt(key, broken);
      halted(understood, broken, batch);
    }
    return true;
  }

  /** The answer of the first time, rebuilt from the events it is about. */
  private boolean repeat(
      JournalRecords.Understood<C> understood,
      Remembered.Effect before,
      Fold<S, E> fold,
      Batch<E> batch) {
    Asked<C> asked = understood.asked();
    List<EventLog.Stored<E>> stored = fold.recent(asked.subject(), asked.id());
    if (stored == null && before.offset() < 0) {
      return false;
    }
    if (stored == null) {
      stored = log.caused(asked.subject(), asked.id(), before.offset(), before.count());
      fold.recent(asked.subject(), asked.id(), stored);
    }
    answer(understood, stored, batch);
    return true;
  }

  private void accept(
      JournalRecords.Understood<C> understood,
      Subject<S> subject,
      Fold<S, E> fold,
      long epoch,
      Batch<E> batch) {
    Asked<C> asked = understood.asked();
    long before = subject.last().sequence();
    Outcome<S, E> outcome =
        host.handle(
            subject.state(), asked, (index, event) -> stamp(asked, before + index + 1, event));
    // Everything that can fail comes before the batch and the state are touched.
    List<EventLog.Stored<E>> stored = new ArrayList<>();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (Recorded<E> fact : outcome.facts()) {
      ProducerRecord<byte[], byte[]> record = made.event(understood, fact, epoch);
      records.add(record);
      stored.add(new EventLog.Stored<>(record.value(), fact));
    }
    answer(understood, stored, batch);
    for (int i = 0; i < records.size(); i++) {
      batch.event(records.get(i), stored.get(i).fact(), i == 0);
      subject.remembered().caused(asked.id(), asked.at().toEpochMilli(), -1);
    }
    subject.become(outcome.state(), new Numbers(before + stored.size(), epoch));
    if (!stored.isEmpty()) {
      fold.recent(asked.subject(), asked.id(), stored);
    }
  }

  /** Groups are the identity provider's word at that time and no part of the record. */
  private static <E> Recorded<E> stamp(Asked<?> asked, long sequence, E event) {
    Actor by = new Actor(asked.by().kind(), asked.by().name(), Set.of());
    return new Recorded<>(
        Ids.random(), asked.subject(), sequence, asked.at(), by, asked.id(), event);
  }

  private void halted(JournalRecords.Understood<C> understood, Throwable why, Batch<E> batch) {
    Asked<C> asked = understood.asked();
    var reply = new CommandHalted(asked.id(), String.valueOf(why.getMessage()));
    batch.add(made.reply(understood, reply, asked.by()));
  }

  private void answer(
      JournalRecords.Understood<C> understood, List<EventLog.Stored<E>> stored, Batch<E> batch) {
    Asked<C> asked = understood.asked();
    Actor by = stored.isEmpty() ? asked.by() : stored.getLast().fact().by();
    IndexedRecord reply = answers.write(asked.id(), asked.subject(), stored);
    batch.add(made.reply(understood, reply, by));
  }

  private void dead(
      ConsumerRecord<byte[], byte[]> record, Reason reason, String detail, Batch<E> batch) {
    batch.add(letters.letter(record, reason, detail));
  }

  private String misplaced(String key, ConsumerRecord<byte[], byte[]> record, int own) {
    return record.key() == null
        ? "the key is missing: it must be the artifact"
        : "the key '%s' belongs to partition %d, the record is in %d; set murmur2_random"
            .formatted(key, own, record.partition());
  }
}
