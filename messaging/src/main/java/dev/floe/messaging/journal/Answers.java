package dev.floe.messaging.journal;

import dev.floe.kernel.Journal.Answer;
import dev.floe.kernel.Journal.Halted;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Refusal;
import dev.floe.messaging.Replies.Reply;
import dev.floe.messaging.avro.AvroWire;
import dev.floe.messaging.avro.RecordMapper;
import dev.floe.messaging.avro.Undecodable;
import dev.floe.promotion.v1.Reason;
import dev.floe.replies.v1.CommandAccepted;
import dev.floe.replies.v1.CommandHalted;
import dev.floe.replies.v1.CommandRefused;
import dev.floe.replies.v1.Fact;
import dev.floe.schemas.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;

/** Answers as they travel over {@code floe.replies}, and back. */
final class Answers<E> {

  private final AvroWire wire;
  private final RecordMapper<E> events;
  private final About<E> about;
  private final String topic;

  Answers(AvroWire wire, RecordMapper<E> events, About<E> about, String eventsTopic) {
    this.wire = wire;
    this.events = events;
    this.about = about;
    this.topic = eventsTopic;
  }

  /** Registers the schemas of answers. */
  static void register(AvroWire wire) {
    wire.register(
        Topics.REPLIES.name(),
        List.of(
            CommandAccepted.getClassSchema(),
            CommandRefused.getClassSchema(),
            CommandHalted.getClassSchema()));
  }

  /** The record for what {@code commandId} led to, now or before. */
  IndexedRecord write(String commandId, String key, List<EventLog.Stored<E>> stored) {
    List<Fact> facts = stored.stream().map(Answers::fact).toList();
    List<Refusal> because = because(stored);
    String subject = stored.isEmpty() ? key : about.subject(key, stored.getLast().fact().event());
    return because.isEmpty()
        ? new CommandAccepted(commandId, subject, topic, facts)
        : new CommandRefused(
            commandId, subject, topic, because.stream().map(Answers::reason).toList(), facts);
  }

  /** The record that says no to {@code commandId}, where nothing is recorded of it. */
  IndexedRecord refusal(String commandId, String key, Refusal because) {
    return new CommandRefused(commandId, key, topic, List.of(reason(because)), List.of());
  }

  /** The answer that {@code reply} carries; throws what it says where it says no answer. */
  Answer<E> read(Reply reply, String key, String commandId) {
    return switch (reply.record()) {
      case CommandAccepted accepted ->
          new Answer<>(List.of(), recorded(accepted.getFacts(), reply, key, commandId));
      case CommandRefused refused ->
          new Answer<>(
              refused.getReasons().stream().map(Answers::refusal).toList(),
              recorded(refused.getFacts(), reply, key, commandId));
      case CommandHalted halted ->
          throw new Halted(key, new IllegalStateException(halted.getMessage()));
      default ->
          throw new IllegalStateException(
              "%s is no answer".formatted(reply.record().getSchema().getFullName()));
    };
  }

  private List<Refusal> because(List<EventLog.Stored<E>> stored) {
    return stored.stream().flatMap(each -> about.because(each.fact().event()).stream()).toList();
  }

  private List<Recorded<E>> recorded(List<Fact> facts, Reply reply, String key, String commandId) {
    List<Recorded<E>> recorded = new ArrayList<>();
    for (Fact fact : facts) {
      recorded.add(
          new Recorded<>(
              fact.getId(),
              key,
              fact.getSequence(),
              fact.getAt(),
              reply.by(),
              commandId,
              event(fact.getPayload())));
    }
    return recorded;
  }

  private E event(ByteBuffer payload) {
    byte[] value = new byte[payload.remaining()];
    payload.duplicate().get(value);
    try {
      return events.read(wire.decode(value).record());
    } catch (Undecodable | RecordMapper.Unmapped broken) {
      throw new IllegalStateException("the answer cannot be read", broken);
    }
  }

  private static <E> Fact fact(EventLog.Stored<E> stored) {
    Recorded<E> fact = stored.fact();
    return new Fact(fact.id(), fact.sequence(), fact.at(), ByteBuffer.wrap(stored.value()));
  }

  private static Reason reason(Refusal refusal) {
    return new Reason(
        refusal.code(),
        refusal.message(),
        refusal.owner(),
        refusal.remedy(),
        refusal.possibleFrom());
  }

  private static Refusal refusal(Reason reason) {
    return new Refusal(
        reason.getCode(),
        reason.getMessage(),
        reason.getOwner(),
        reason.getRemedy(),
        reason.getPossibleFrom());
  }
}
