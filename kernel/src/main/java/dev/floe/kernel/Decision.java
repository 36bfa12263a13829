package dev.floe.kernel;

import java.util.List;

/** The answer to a command: facts to record, or the reasons there are none but the refusal. */
public sealed interface Decision<E> {

  /** The events to append, in order; none when the command had already taken effect. */
  record Accepted<E>(List<E> events) implements Decision<E> {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /**
   * A rule said no. Not an error: nothing failed, and retrying alone will not help. The fact is
   * appended like any event.
   */
  record Refused<E>(List<Refusal> because, E fact) implements Decision<E> {
    public Refused {
      because = List.copyOf(because);
      if (because.isEmpty()) {
        throw new IllegalArgumentException("a refusal needs a reason");
      }
    }
  }

  @SafeVarargs
  static <E> Decision<E> accept(E... events) {
    return new Accepted<>(List.of(events));
  }

  static <E> Decision<E> accept(List<? extends E> events) {
    return new Accepted<>(List.copyOf(events));
  }

  static <E> Decision<E> alreadyDone() {
    return new Accepted<>(List.of());
  }

  static <E> Decision<E> refuse(List<Refusal> because, E fact) {
    return new Refused<>(because, fact);
  }

  /** What to append: the accepted events, or the refusal's fact. */
  default List<E> facts() {
    return switch (this) {
      case Accepted<E> accepted -> accepted.events();
      case Refused<E> refused -> List.of(refused.fact());
    };
  }
}
