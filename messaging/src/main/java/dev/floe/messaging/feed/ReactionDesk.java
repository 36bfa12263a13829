package dev.floe.messaging.feed;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Recorded;
import dev.floe.messaging.CommandRecords;
import dev.floe.messaging.CommandSigner;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.Ids;
import dev.floe.messaging.RecordPosition;
import dev.floe.messaging.SequenceGuard;
import dev.floe.messaging.SequenceVerdict;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.avro.Undecodable;
import dev.floe.messaging.journal.CommandCodec;
import dev.floe.messaging.journal.JournalPlace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one event record after the other and makes the commands that follow. */
final class ReactionDesk<C> {

  private static final Logger LOG = LoggerFactory.getLogger(ReactionDesk.class);

  private final AvroWire wire;
  private final CommandCodec<C> commands;
  private final CommandRecords records;
  private final Reaction<C> reaction;
  private final Actor self;
  private final SequenceGuard guard = SequenceGuard.fromAnywhere();
  private final Set<String> stopped = new HashSet<>();

  ReactionDesk(
      AvroWire wire,
      JournalPlace place,
      CommandCodec<C> commands,
      CommandSigner signer,
      Reaction<C> reaction) {
    this.wire = wire;
    this.commands = commands;
    this.reaction = reaction;
    this.self = Actor.system(place.service());
    this.records = new CommandRecords(wire, signer, place.service(), place.commands());
  }

  /** The reader goes back, or reads other partitions; a key that is stopped stays so. */
  void forget() {
    guard.clear();
  }

  List<ProducerRecord<byte[], byte[]>> handle(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return List.of();
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    String place = record.topic() + '\n' + key;
    if (stopped.contains(place)) {
      return List.of();
    }
    try {
      var envelope = Envelope.read(record.headers());
      Numbers numbers = envelope.numbers();
      if (numbers == null) {
        throw new Envelope.Incomplete("the header %s is missing".formatted(Envelope.SEQUENCE));
      }
      SequenceVerdict verdict = guard.check(record.topic(), key, numbers);
      if (verdict == SequenceVerdict.ACCEPT) {
        return react(record, key, envelope, numbers);
      }
      if (verdict == SequenceVerdict.GAP) {
        throw new Envelope.Incomplete("events are missing before number " + numbers.sequence());
      }
      LOG.atError()
          .setMessage("an event is void and has no consequence")
          .addKeyValue("position", position(record))
          .addKeyValue("numbers", numbers)
          .log();
      return List.of();
    } catch (Undecodable | Envelope.Incomplete broken) {
      stopped.add(place);
      LOG.atError()
          .setMessage("no reaction to this key any more, until the cause is gone and a restart")
          .addKeyValue("position", position(record))
          .addKeyValue("key", key)
          .addKeyValue("cause", String.valueOf(broken.getMessage()))
          .log();
      return List.of();
    }
  }

  private List<ProducerRecord<byte[], byte[]>> react(
      ConsumerRecord<byte[], byte[]> record, String key, Envelope envelope, Numbers numbers)
      throws Undecodable {
    IndexedRecord body = wire.decode(record.value()).record();
    String cause = envelope.causation() == null ? "" : envelope.causation();
    var recorded =
        new Recorded<>(
            envelope.id(), key, numbers.sequence(), envelope.time(), envelope.by(), cause, body);
    List<Outgoing<C>> outgoing;
    try {
      outgoing = reaction.react(new Fact(record.topic(), envelope, recorded));
    } catch (RuntimeException faulty) {
      throw new Undecodable("the reaction failed: " + faulty, faulty);
    }
    var from =
        new CommandRecords.Cause(
            envelope.id(), position(record), envelope.correlation(), envelope.traceparent());
    return outgoing.stream().map(command -> command(command, from)).toList();
  }

  private ProducerRecord<byte[], byte[]> command(Outgoing<C> out, CommandRecords.Cause from) {
    String id = Ids.derived(from.id(), out.reaction());
    var asked = new Asked<>(id, out.subject(), Instant.EPOCH, self, out.command());
    return records.of(commands.write(out.command(), out.subject()), asked, from);
  }

  private static RecordPosition position(ConsumerRecord<?, ?> record) {
    return new RecordPosition(record.topic(), record.partition(), record.offset());
  }
}
