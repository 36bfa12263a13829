package dev.floe.kernel;

import java.util.List;

/**
 * The whole behaviour of one event-sourced thing, as three pure functions.
 *
 * @param <C> its commands
 * @param <S> its state, rebuilt from its events
 * @param <E> its events
 */
public interface Decider<C, S, E> {

  /** The state before anything has happened. */
  S initialState();

  /** What {@code asked} leads to in {@code state}; must not read a clock, draw an id or do I/O. */
  Decision<E> decide(S state, Asked<C> asked);

  /** The state after {@code fact}; checks no rule, for a recorded event cannot be refused. */
  S evolve(S state, Recorded<E> fact);

  /** The state that {@code history} leads to. */
  default S replay(List<Recorded<E>> history) {
    S state = initialState();
    for (Recorded<E> fact : history) {
      state = evolve(state, fact);
    }
    return state;
  }
}
