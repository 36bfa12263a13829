package dev.floe.messaging.journal;

import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.eventsourcing.EventSourcedEntityFactory;
import org.axonframework.eventsourcing.configuration.EventSourcedEntityModule;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.MetadataBasedTagResolver;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.CommandMessage;
import org.axonframework.messaging.commandhandling.CommandResultMessage;
import org.axonframework.messaging.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.commandhandling.GenericCommandResultMessage;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.axonframework.modelling.StateManager;
import org.axonframework.update.UpdateCheckerConfigurationEnhancer;

/**
 * Lets Axon load, evolve and append for a decider that knows nothing of Axon: one unit of work for
 * each command, on the state that the journal has folded already.
 */
final class AxonDecider<C, S, E> implements DecisionHost<C, S, E>, AutoCloseable {

  /** The metadata key under which commands and events carry the key of what they are about. */
  private static final String SUBJECT = "subject";

  private static final MessageType ASKED = new MessageType("dev.floe.Asked");
  private static final MessageType RECORDED = new MessageType("dev.floe.Recorded");
  private static final MessageType DECISION = new MessageType("dev.floe.Decision");

  private final Decider<C, S, E> decider;
  private final FoldedState.Engine engine = new FoldedState.Engine();
  private final AxonConfiguration axon;
  private final CommandBus commands;

  /** What one command needs; it travels as the command's payload. */
  private record Work<C, E>(Asked<C> asked, Stamp<E> stamp) {}

  /** What one command led to; it travels as the result's payload. */
  private record Done<S, E>(Decision<E> decision, S state) {}

  AxonDecider(Decider<C, S, E> decider) {
    this.decider = decider;
    this.axon = configuration();
    axon.start();
    this.commands = axon.getComponent(CommandBus.class);
  }

  private AxonConfiguration configuration() {
    var handlers =
        CommandHandlingModule.named("decider")
            .commandHandlers()
            .commandHandler(ASKED.qualifiedName(), this::handle);
    return EventSourcingConfigurer.create()
        .registerEntity(entity())
        .registerCommandHandlingModule(handlers)
        .registerTagResolver(_ -> new MetadataBasedTagResolver(SUBJECT))
        // Without this line Axon keeps events in memory, answers OK, and nothing reaches the log.
        .registerEventStorageEngine(_ -> engine)
        .componentRegistry(
            registry -> registry.disableEnhancer(UpdateCheckerConfigurationEnhancer.class))
        .build();
  }

  private EventSourcedEntityModule<String, FoldedState> entity() {
    return EventSourcedEntityModule.declarative(String.class, FoldedState.class)
        .messagingModel((_, model) -> model.entityEvolver(this::evolve).build())
        .entityFactory(
            _ -> EventSourcedEntityFactory.fromNoArgument(() -> new FoldedState(NOTHING)))
        .criteriaResolver(_ -> (id, _) -> EventCriteria.havingTags(Tag.of(SUBJECT, id)))
        .build();
  }

  private static final Object NOTHING = new Object();

  @Override
  public Outcome<S, E> handle(S state, Asked<C> asked, Stamp<E> stamp) {
    var command =
        new GenericCommandMessage(
            ASKED, new Work<C, E>(asked, stamp), Map.of(SUBJECT, asked.subject()));
    return engine.during(
        state,
        appended -> {
          Done<S, E> done = dispatch(command);
          List<Recorded<E>> facts = new ArrayList<>();
          for (EventMessage event : appended) {
            facts.add(recorded(event));
          }
          if (facts.size() != done.decision().facts().size()) {
            throw new IllegalStateException(
                "%d events were decided and %d appended"
                    .formatted(done.decision().facts().size(), facts.size()));
          }
          return new Outcome<>(done.decision(), facts, done.state());
        });
  }

  private Done<S, E> dispatch(CommandMessage command) {
    try {
      CommandResultMessage result = commands.dispatch(command, null).join();
      @SuppressWarnings("unchecked") // made by this object's own handler
      var done = (Done<S, E>) Objects.requireNonNull(result.payload());
      return done;
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw failed;
    }
  }

  private MessageStream.Single<CommandResultMessage> handle(
      CommandMessage command, ProcessingContext context) {
    @SuppressWarnings("unchecked") // dispatched by this object alone
    var work = (Work<C, E>) Objects.requireNonNull(command.payload());
    String subject = work.asked().subject();
    return MessageStream.fromFuture(
        context
            .component(StateManager.class)
            .loadManagedEntity(FoldedState.class, subject, context)
            .thenApply(
                entity -> {
                  Decision<E> decision = decider.decide(state(entity.entity()), work.asked());
                  EventAppender.forContext(context).append(messages(decision, work));
                  Done<S, E> done = new Done<>(decision, state(entity.entity()));
                  return new GenericCommandResultMessage(DECISION, done);
                }));
  }

  private List<EventMessage> messages(Decision<E> decision, Work<C, E> work) {
    List<EventMessage> messages = new ArrayList<>();
    for (E event : decision.facts()) {
      Recorded<E> fact = work.stamp().stamp(messages.size(), event);
      messages.add(
          new GenericEventMessage(RECORDED, fact, Map.of(SUBJECT, work.asked().subject())));
    }
    return messages;
  }

  private FoldedState evolve(FoldedState current, EventMessage event, ProcessingContext context) {
    return event.payload() instanceof FoldedState folded
        ? folded
        : new FoldedState(decider.evolve(state(current), recorded(event)));
  }

  @SuppressWarnings("unchecked") // the engine is given states of this decider alone
  private S state(FoldedState folded) {
    return (S) folded.state();
  }

  @SuppressWarnings("unchecked") // appended by this object alone
  private Recorded<E> recorded(EventMessage event) {
    return (Recorded<E>) Objects.requireNonNull(event.payload());
  }

  @Override
  public void close() {
    axon.shutdown();
  }
}
