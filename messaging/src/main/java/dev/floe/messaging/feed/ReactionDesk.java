package dev.floe.messaging.feed;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Trouble;
import dev.floe.messaging.CommandRecords;
import dev.floe.messaging.CommandSigner;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.Ids;
import dev.floe.messaging.Patience;
import dev.floe.messaging.Plain;
import dev.floe.messaging.RecordPosition;
import dev.floe.messaging.RecordSize;
import dev.floe.messaging.SequenceGuard;
import dev.floe.messaging.SequenceVerdict;
import dev.floe.messaging.Troubles;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.avro.Undecodable;
import dev.floe.messaging.journal.CommandCodec;
import dev.floe.messaging.journal.JournalPlace;
import dev.floe.promotion.v1.ArtifactResumed;
import dev.floe.promotion.v1.ResumeArtifact;
import dev.floe.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one event record after the other and makes the commands that follow. */
final class ReactionDesk<C> {

  private static final Logger LOG = LoggerFactory.getLogger(ReactionDesk.class);
  private static final int LONGEST_KEY = 128;

  private final AvroWire wire;
  private final CommandCodec<C> commands;
  private final CommandRecords records;
  private final Topic own;
  private final Reaction<C> reaction;
  private final Actor self;
  private final Troubles troubles;
  private final String part;
  private final SequenceGuard guard = SequenceGuard.fromAnywhere();
  private final Set<String> stopped = new HashSet<>();

  ReactionDesk(
      AvroWire wire,
      JournalPlace place,
      CommandCodec<C> commands,
      CommandSigner signer,
      Reaction<C> reaction,
      Troubles troubles) {
    this.troubles = troubles;
    this.part = place.group();
    this.wire = wire;
    this.commands = commands;
    this.reaction = reaction;
    this.self = Actor.system(place.service());
    this.own = place.commands();
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
    if (stopped.contains(place(record, key))) {
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
        stop(record, key, numbers);
        return List.of();
      }
      LOG.atError()
          .setMessage("an event is void and has no consequence")
          .addKeyValue("position", position(record))
          .addKeyValue("numbers", numbers)
          .log();
      return List.of();
    } catch (Undecodable | Envelope.Incomplete broken) {
      LOG.atError()
          .setMessage("a record cannot be read and has no consequence")
          .addKeyValue("position", position(record))
          .addKeyValue("cause", String.valueOf(broken.getMessage()))
          .log();
      return List.of();
    }
  }

  /** Contract, section 4: what comes after a gap cannot be understood without what is missing. */
  private void stop(ConsumerRecord<byte[], byte[]> record, String key, Numbers numbers) {
    stopped.add(place(record, key));
    LOG.atError()
        .setMessage("events are missing: no reaction to this key any more, until a restart")
        .addKeyValue("position", position(record))
        .addKeyValue("key", key)
        .addKeyValue("numbers", numbers)
        .log();
    var source = new TopicPartition(record.topic(), record.partition());
    troubles.note(
        part,
        new Trouble(
            "events of '%s' are missing before number %d: nothing follows from what comes after"
                .formatted(Plain.text(key, LONGEST_KEY), numbers.sequence()),
            Patience.where(source, record.offset()),
            "Find out who writes the topic besides its owner (floe audit search shows what is"
                + " there), then restart."));
  }

  private static String place(ConsumerRecord<?, ?> record, String key) {
    return record.topic() + '\n' + key;
  }

  private List<ProducerRecord<byte[], byte[]>> react(
      ConsumerRecord<byte[], byte[]> record, String key, Envelope envelope, Numbers numbers)
      throws Undecodable {
    IndexedRecord body = wire.decode(record.value()).record();
    String cause = envelope.causation() == null ? "" : envelope.causation();
    var recorded =
        new Recorded<>(
            envelope.id(), key, numbers.sequence(), envelope.time(), envelope.by(), cause, body);
    List<Outgoing<C>> outgoing = reaction.react(new Fact(record.topic(), envelope, recorded));
    var from =
        new CommandRecords.Cause(
            envelope.id(), position(record), envelope.correlation(), envelope.traceparent());
    List<ProducerRecord<byte[], byte[]>> commands = new ArrayList<>();
    if (body instanceof ArtifactResumed resumed && !this.commands.schemas().isEmpty()) {
      commands.add(resume(key, resumed, from));
    }
    outgoing.forEach(command -> commands.add(command(command, from)));
    return commands;
  }

  /** Every service that decides hears of it in the same way. */
  private ProducerRecord<byte[], byte[]> resume(
      String key, ArtifactResumed resumed, CommandRecords.Cause from) {
    var command = new ResumeArtifact(resumed.getReason());
    String id = Ids.derived(from.id(), "resume-journal");
    return records.of(command, new Asked<>(id, key, Instant.EPOCH, self, command), from);
  }

  private ProducerRecord<byte[], byte[]> command(Outgoing<C> out, CommandRecords.Cause from) {
    String id = Ids.derived(from.id(), out.reaction());
    var asked = new Asked<>(id, out.subject(), Instant.EPOCH, self, out.command());
    var record = records.of(commands.write(out.command(), out.subject()), asked, from);
    RecordSize.requireFits(record, own);
    return record;
  }

  private static RecordPosition position(ConsumerRecord<?, ?> record) {
    return new RecordPosition(record.topic(), record.partition(), record.offset());
  }
}
