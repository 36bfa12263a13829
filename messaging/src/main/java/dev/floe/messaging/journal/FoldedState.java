package dev.floe.messaging.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;

/** A subject's state as Axon's entity: the one event of its history that Axon is shown. */
record FoldedState(Object state) {

  private static final MessageType TYPE = new MessageType("dev.floe.FoldedState");

  /**
   * Axon's storage for the length of one command: sources the folded state, collects what is
   * appended. The journal keeps it; nothing stays here.
   */
  static final class Engine implements EventStorageEngine {

    /** The history of a subject is, for Axon, always this long. */
    private static final ConsistencyMarker ONE_EVENT = new GlobalIndexConsistencyMarker(1);

    private final ScopedValue<Command> current = ScopedValue.newInstance();

    private record Command(Object state, List<EventMessage> appended) {}

    /**
     * Runs {@code work} with {@code state} as all that has happened; it is given what is appended.
     */
    <R> R during(Object state, Function<List<EventMessage>, R> work) {
      var command = new Command(state, new ArrayList<>());
      return ScopedValue.where(current, command).call(() -> work.apply(command.appended()));
    }

    @Override
    public MessageStream<EventMessage> source(
        SourcingCondition condition, @Nullable ProcessingContext context) {
      var folded = new GenericEventMessage(TYPE, new FoldedState(current.get().state()));
      Context end = ConsistencyMarker.addToContext(Context.empty(), ONE_EVENT);
      return MessageStream.<EventMessage>just(folded)
          .concatWith(MessageStream.just(TerminalEventMessage.INSTANCE, _ -> end));
    }

    @Override
    public CompletableFuture<AppendTransaction<?>> appendEvents(
        AppendCondition condition,
        @Nullable ProcessingContext context,
        List<TaggedEventMessage<?>> events) {
      if (!ONE_EVENT.equals(condition.consistencyMarker())) {
        return CompletableFuture.failedFuture(
            new IllegalStateException(
                "appended after %s, sourced up to %s"
                    .formatted(condition.consistencyMarker(), ONE_EVENT)));
      }
      return CompletableFuture.completedFuture(new Append(current.get(), events));
    }

    private record Append(Command command, List<TaggedEventMessage<?>> events)
        implements AppendTransaction<ConsistencyMarker> {

      @Override
      public CompletableFuture<ConsistencyMarker> commit(@Nullable ProcessingContext context) {
        events.forEach(event -> command.appended().add(event.event()));
        return CompletableFuture.completedFuture(ONE_EVENT);
      }

      @Override
      public CompletableFuture<ConsistencyMarker> afterCommit(
          ConsistencyMarker marker, @Nullable ProcessingContext context) {
        return CompletableFuture.completedFuture(marker);
      }

      @Override
      public void rollback(@Nullable ProcessingContext context) {
        command.appended().clear();
      }
    }

    @Override
    public MessageStream<EventMessage> stream(
        StreamingCondition condition, @Nullable ProcessingContext context) {
      throw new UnsupportedOperationException("events are read from Kafka");
    }

    @Override
    public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
      throw new UnsupportedOperationException("events are read from Kafka");
    }

    @Override
    public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
      throw new UnsupportedOperationException("events are read from Kafka");
    }

    @Override
    public CompletableFuture<TrackingToken> tokenAt(
        Instant at, @Nullable ProcessingContext context) {
      throw new UnsupportedOperationException("events are read from Kafka");
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
      descriptor.describeProperty("keeps", "nothing");
    }
  }
}
