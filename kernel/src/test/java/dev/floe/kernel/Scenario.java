package dev.floe.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The grammar of a rule's test: {@code given(events).when(command).then(events)}.
 *
 * <p>Every event and command happens at {@link #at} and {@link #by} whatever was last set, so that
 * whole events can be compared.
 */
public final class Scenario<C, S, E> {

  /** The time that scenarios begin with. */
  public static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private final Decider<C, S, E> decider;
  private final String subject;
  private S state;
  private long sequence;
  private Instant now = NOON;
  private Actor actor = Actor.user("ada@acme.com");

  private Scenario(Decider<C, S, E> decider, String subject) {
    this.decider = decider;
    this.subject = subject;
    this.state = decider.initialState();
  }

  public static <C, S, E> Scenario<C, S, E> of(Decider<C, S, E> decider, String subject) {
    return new Scenario<>(decider, subject);
  }

  public Scenario<C, S, E> at(Instant time) {
    now = time;
    return this;
  }

  public Scenario<C, S, E> by(Actor who) {
    actor = who;
    return this;
  }

  public Scenario<C, S, E> by(String person) {
    return by(Actor.user(person));
  }

  @SafeVarargs
  public final Scenario<C, S, E> given(E... events) {
    for (E event : events) {
      record(event, "given");
    }
    return this;
  }

  /** Commands that must be accepted, as history for what follows; told by command where shorter. */
  @SafeVarargs
  public final Scenario<C, S, E> givenDone(C... commands) {
    for (C command : commands) {
      Outcome<S, E> outcome = when(command);
      assertThat(outcome.decision()).isInstanceOf(Decision.Accepted.class);
    }
    return this;
  }

  public Outcome<S, E> when(C command) {
    var asked = new Asked<>("command-" + (sequence + 1), subject, now, actor, command);
    Decision<E> decision = decider.decide(state, asked);
    for (E fact : decision.facts()) {
      record(fact, asked.id());
    }
    return new Outcome<>(decision, state);
  }

  private void record(E event, String cause) {
    sequence++;
    state =
        decider.evolve(
            state,
            new Recorded<>("event-" + sequence, subject, sequence, now, actor, cause, event));
  }

  /** What one command led to. */
  public record Outcome<S, E>(Decision<E> decision, S state) {

    @SafeVarargs
    public final void then(E... events) {
      assertThat(decision).isEqualTo(new Decision.Accepted<>(List.of(events)));
    }

    public void thenNothingNew() {
      assertThat(decision).isEqualTo(new Decision.Accepted<>(List.of()));
    }

    /** Refused for exactly these reasons, in this order. */
    public void thenRefused(String... codes) {
      assertThat(decision).isInstanceOf(Decision.Refused.class);
      List<String> found = new ArrayList<>();
      if (decision instanceof Decision.Refused<E> refused) {
        refused.because().forEach(reason -> found.add(reason.code()));
      }
      assertThat(found).containsExactly(codes);
    }
  }
}
