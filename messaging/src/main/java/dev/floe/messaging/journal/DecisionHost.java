package dev.floe.messaging.journal;

import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;
import java.util.ArrayList;
import java.util.List;

/** Runs a decider for one command on a folded state. */
interface DecisionHost<C, S, E> {

  /** Puts an event into its envelope: id and number are the journal's to give. */
  @FunctionalInterface
  interface Stamp<E> {
    /**
     * The event in its envelope.
     *
     * @param index place of the event within its decision, from 0
     */
    Recorded<E> stamp(int index, E event);
  }

  /**
   * What a command led to.
   *
   * @param facts the decision's facts, stamped
   * @param state the state after them
   */
  record Outcome<S, E>(Decision<E> decision, List<Recorded<E>> facts, S state) {}

  Outcome<S, E> handle(S state, Asked<C> asked, Stamp<E> stamp);

  /** The decider without anything around it. */
  static <C, S, E> DecisionHost<C, S, E> direct(Decider<C, S, E> decider) {
    return (state, asked, stamp) -> {
      Decision<E> decision = decider.decide(state, asked);
      List<Recorded<E>> facts = new ArrayList<>();
      S after = state;
      for (E event : decision.facts()) {
        Recorded<E> fact = stamp.stamp(facts.size(), event);
        after = decider.evolve(after, fact);
        facts.add(fact);
      }
      return new Outcome<>(decision, facts, after);
    };
  }
}
