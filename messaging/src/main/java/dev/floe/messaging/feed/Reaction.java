package dev.floe.messaging.feed;

import java.util.List;

/** What a service does about the facts of others: commands to itself, and nothing else. */
@FunctionalInterface
public interface Reaction<C> {

  /** The commands that follow; pure, for a fact may be told again. */
  List<Outgoing<C>> react(Fact fact);
}
