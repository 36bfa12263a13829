package dev.floe.notification;

import dev.floe.messaging.Bus;
import dev.floe.messaging.CommandSigner;
import dev.floe.messaging.feed.Reaction;
import dev.floe.messaging.feed.Reactions;
import dev.floe.messaging.journal.JournalPlace;
import dev.floe.notification.adapter.kafka.FactsHeard;
import dev.floe.notification.adapter.kafka.NoCommands;
import dev.floe.schemas.Topic;
import dev.floe.schemas.Topics;
import java.util.List;

/**
 * The notifier's place on the log: it hears every fact that others record, in order and across
 * restarts, and neither tells nor records anything.
 */
public final class NotifierService implements AutoCloseable {

  /** The service's name on Kafka. */
  public static final String NAME = "notifier";

  private static final CommandSigner NOBODY =
      (_, _, _, _, _) -> {
        throw new IllegalStateException("the notifier sends no command that could be signed");
      };

  private final Reactions<Void> reactions;

  private NotifierService(Reactions<Void> reactions) {
    this.reactions = reactions;
  }

  /** Begins to hear; {@link #isReady} says when it does. */
  public static NotifierService start(Bus bus) {
    return start(bus, new FactsHeard());
  }

  static NotifierService start(Bus bus, Reaction<Void> reaction) {
    var place = JournalPlace.of(NAME, Topics.NOTIFICATION_COMMANDS, Topics.NOTIFICATION_EVENTS);
    return new NotifierService(
        Reactions.start(bus, place, new NoCommands(), NOBODY, sources(), reaction));
  }

  /** Every events topic but its own. */
  static List<Topic> sources() {
    return Topics.events().stream().filter(topic -> !topic.owner().equals(NAME)).toList();
  }

  public boolean isReady() {
    return reactions.isReady();
  }

  @Override
  public void close() {
    reactions.close();
  }
}
