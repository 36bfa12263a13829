package dev.floe.messaging.journal;

import dev.floe.schemas.Topic;
import java.util.function.Predicate;

/**
 * Where a journal stands: whose it is, what it reads and writes.
 *
 * @param service the service's name, such as {@code promotion-service}
 * @param purpose tells two journals of one service apart; empty for its main one
 * @param commands the topic it takes commands from
 * @param events the topic it alone writes
 * @param keys the record keys it takes; what it does not take belongs to another journal of the
 *     same service. A missing key is asked for as the empty string
 */
public record JournalPlace(
    String service, String purpose, Topic commands, Topic events, Predicate<String> keys) {

  /** A service's only journal: it takes every key. */
  public static JournalPlace of(String service, Topic commands, Topic events) {
    return new JournalPlace(service, "", commands, events, _ -> true);
  }

  /** The place on an installation that gives {@code partitions} to each spread topic. */
  public JournalPlace in(int partitions) {
    return new JournalPlace(service, purpose, commands.in(partitions), events.in(partitions), keys);
  }

  /** The consumer group, and the beginning of every transactional id. */
  public String group() {
    return purpose.isEmpty() ? service : service + '-' + purpose;
  }

  String transactionalId(int partition) {
    return "floe." + group() + '.' + partition;
  }

  /** {@code ce_source}. */
  String source() {
    return "/floe/" + service;
  }
}
