package dev.floe.messaging;

import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Refusal;
import dev.floe.messaging.Shelf.Command.Clear;
import dev.floe.messaging.Shelf.Command.Explode;
import dev.floe.messaging.Shelf.Command.Put;
import dev.floe.messaging.Shelf.Command.PutAll;
import dev.floe.messaging.Shelf.Command.Resume;
import dev.floe.messaging.Shelf.Command.Take;
import dev.floe.messaging.Shelf.Command.Tick;
import dev.floe.messaging.Shelf.Command.WakeAt;
import dev.floe.messaging.Shelf.Event.AlarmSet;
import dev.floe.messaging.Shelf.Event.Cleared;
import dev.floe.messaging.Shelf.Event.ItemPut;
import dev.floe.messaging.Shelf.Event.ItemTaken;
import dev.floe.messaging.Shelf.Event.Rang;
import dev.floe.messaging.Shelf.Event.TakeRefused;
import dev.floe.messaging.avro.RecordMapper;
import dev.floe.messaging.journal.About;
import dev.floe.messaging.journal.CommandCodec;
import dev.floe.messaging.journal.JournalRules;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** The smallest domain that has everything a journal must cope with: things on a shelf. */
public final class Shelf implements Decider<Shelf.Command, Shelf.State, Shelf.Event> {

  private final Consumer<Event> onEvolve;

  /** What may be asked of a shelf. */
  public sealed interface Command {
    record Put(String item) implements Command {}

    record PutAll(List<String> items) implements Command {}

    record Take(String item) implements Command {}

    /** Empties the shelf; nothing new where it is empty. */
    record Clear() implements Command {}

    /** Breaks the rules themselves. */
    record Explode() implements Command {}

    record Resume() implements Command {}

    record WakeAt(Instant time) implements Command {}

    record Tick() implements Command {}
  }

  /** What can happen to a shelf. */
  public sealed interface Event {
    record ItemPut(String item) implements Event {}

    record ItemTaken(String item) implements Event {}

    record TakeRefused(String item) implements Event {}

    record Cleared() implements Event {}

    record AlarmSet(Instant time) implements Event {}

    record Rang() implements Event {}
  }

  /** How many there are of each item, and when to ring. */
  public record State(Map<String, Integer> items, @Nullable Instant alarm) {
    public State {
      items = Map.copyOf(items);
    }

    State with(String item, int more) {
      Map<String, Integer> next = new TreeMap<>(items);
      next.merge(item, more, Integer::sum);
      next.remove(item, 0);
      return new State(next, alarm);
    }
  }

  public Shelf() {
    this(_ -> {});
  }

  /**
   * @param onEvolve called before each event is folded
   */
  public Shelf(Consumer<Event> onEvolve) {
    this.onEvolve = onEvolve;
  }

  @Override
  public State initialState() {
    return new State(Map.of(), null);
  }

  @Override
  public Decision<Event> decide(State state, Asked<Command> asked) {
    return switch (asked.command()) {
      case Put put -> Decision.accept(new ItemPut(put.item()));
      case PutAll all -> Decision.accept(all.items().stream().map(ItemPut::new).toList());
      case Take take ->
          state.items().containsKey(take.item())
              ? Decision.accept(new ItemTaken(take.item()))
              : Decision.refuse(because(take.item()), new TakeRefused(take.item()));
      case Clear _ ->
          state.items().isEmpty() ? Decision.alreadyDone() : Decision.accept(new Cleared());
      case Explode _ -> throw new IllegalStateException("the shelf exploded");
      case Resume _ -> Decision.alreadyDone();
      case WakeAt wake -> Decision.accept(new AlarmSet(wake.time()));
      case Tick _ -> ring(state, asked.at());
    };
  }

  private static Decision<Event> ring(State state, Instant now) {
    return state.alarm() == null || state.alarm().isAfter(now)
        ? Decision.alreadyDone()
        : Decision.accept(new Rang());
  }

  static List<Refusal> because(String item) {
    return List.of(new Refusal("not-there", "There is no %s.".formatted(item), "Put one."));
  }

  @Override
  public State evolve(State state, Recorded<Event> fact) {
    onEvolve.accept(fact.event());
    return switch (fact.event()) {
      case ItemPut put -> state.with(put.item(), 1);
      case ItemTaken taken -> state.with(taken.item(), -1);
      case TakeRefused _ -> state;
      case Cleared _ -> new State(Map.of(), state.alarm());
      case AlarmSet set -> new State(state.items(), set.time());
      case Rang _ -> new State(state.items(), null);
    };
  }

  /** What the envelope says of a shelf's events. */
  public static final About<Event> ABOUT =
      new About<>() {
        @Override
        public String subject(String key, Event event) {
          return key + "/shelf";
        }

        @Override
        public Optional<String> correlation(Event event) {
          return event instanceof ItemPut put ? Optional.of("put-" + put.item()) : Optional.empty();
        }

        @Override
        public List<Refusal> because(Event event) {
          return event instanceof TakeRefused refused ? Shelf.because(refused.item()) : List.of();
        }
      };

  private static final String SPACE = "dev.floe.shelf.v1";

  /** Its events on the wire. */
  public static final RecordMapper<Event> EVENTS =
      RecordMapper.of(
          Event.class,
          List.of(
              text("ItemPut", "item"),
              text("ItemTaken", "item"),
              text("TakeRefused", "item"),
              empty("Cleared"),
              time("AlarmSet"),
              empty("Rang")));

  /** Its commands on the wire. */
  public static final RecordMapper<Command> COMMANDS =
      RecordMapper.of(
          Command.class,
          List.of(
              text("Put", "item"),
              SchemaBuilder.record("PutAll")
                  .namespace(SPACE)
                  .fields()
                  .name("items")
                  .type()
                  .array()
                  .items()
                  .stringType()
                  .noDefault()
                  .endRecord(),
              text("Take", "item"),
              empty("Clear"),
              empty("Explode"),
              empty("Resume"),
              time("WakeAt"),
              empty("Tick")));

  /** The rules with everything around them. */
  public static JournalRules<Command, State, Event> rules() {
    return rules(new Shelf());
  }

  /** The rules around {@code shelf}. */
  public static JournalRules<Command, State, Event> rules(Decider<Command, State, Event> shelf) {
    return new JournalRules<>(
        shelf, CommandCodec.of(COMMANDS), EVENTS, ABOUT, command -> command instanceof Resume);
  }

  private static Schema text(String name, String field) {
    return SchemaBuilder.record(name).namespace(SPACE).fields().requiredString(field).endRecord();
  }

  private static Schema empty(String name) {
    return SchemaBuilder.record(name).namespace(SPACE).fields().endRecord();
  }

  private static Schema time(String name) {
    Schema micros = LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    return SchemaBuilder.record(name)
        .namespace(SPACE)
        .fields()
        .name("time")
        .type(micros)
        .noDefault()
        .endRecord();
  }
}
