package dev.floe.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A journal that keeps nothing beyond its own life: for tests, and to state what a journal is. */
public final class InMemoryJournal<C, S, E> implements Journal<C, E> {

  private final Decider<C, S, E> decider;
  private final Map<String, S> states = new HashMap<>();
  private final Map<String, List<Recorded<E>>> histories = new HashMap<>();
  private final Map<String, Answer<E>> answers = new HashMap<>();

  public InMemoryJournal(Decider<C, S, E> decider) {
    this.decider = decider;
  }

  @Override
  public synchronized CompletableFuture<Answer<E>> submit(Asked<C> asked) {
    Answer<E> before = answers.get(asked.subject() + '\n' + asked.id());
    if (before != null) {
      return CompletableFuture.completedFuture(before);
    }
    Answer<E> answer;
    try {
      answer = decide(asked);
    } catch (RuntimeException broken) {
      answer = new Answer<>(List.of(Refusal.unexpected()), List.of());
    }
    answers.put(asked.subject() + '\n' + asked.id(), answer);
    return CompletableFuture.completedFuture(answer);
  }

  /** Everything recorded about {@code subject}, oldest first. */
  public synchronized List<Recorded<E>> history(String subject) {
    return List.copyOf(histories.getOrDefault(subject, List.of()));
  }

  private Answer<E> decide(Asked<C> asked) {
    S state = states.getOrDefault(asked.subject(), decider.initialState());
    Decision<E> decision = decider.decide(state, asked);
    List<Recorded<E>> history = histories.computeIfAbsent(asked.subject(), _ -> new ArrayList<>());
    List<Recorded<E>> facts = new ArrayList<>();
    for (E event : decision.facts()) {
      long sequence = history.size() + facts.size() + 1L;
      var fact =
          new Recorded<>(
              asked.subject() + '-' + sequence,
              asked.subject(),
              sequence,
              asked.at(),
              asked.by(),
              asked.id(),
              event);
      state = decider.evolve(state, fact);
      facts.add(fact);
    }
    history.addAll(facts);
    states.put(asked.subject(), state);
    return switch (decision) {
      case Decision.Accepted<E> _ -> new Answer<E>(List.of(), facts);
      case Decision.Refused<E> refused -> new Answer<E>(refused.because(), facts);
    };
  }
}
