package dev.floe.schemas;

import java.util.Map;

/**
 * A topic and the settings it must have; a difference stops the start.
 *
 * @param partitions fixed when the topic is created
 * @param settings every topic-level setting that is not the broker's default
 * @param owner the service that alone may write it; empty where anyone with a valid token may
 */
public record Topic(String name, int partitions, Map<String, String> settings, String owner) {
  public Topic {
    settings = Map.copyOf(settings);
  }

  /** The topic that holds what {@link #owner()} could not handle, for 90 days. */
  public Topic deadLetters(String reader) {
    return new Topic(name + ".dlt", partitions, Topics.keptFor(Topics.NINETY_DAYS), reader);
  }
}
