package dev.floe.schemas;

import java.util.Map;

/**
 * A topic and the settings it must have; a difference stops the start.
 *
 * @param partitions fixed when the topic is created; {@link #AS_THE_INSTALLATION_GIVES} in the
 *     catalogue, for topics that are spread by artifact
 * @param settings every topic-level setting that is not the broker's default
 * @param owner the service that alone may write it; empty where anyone with a valid token may
 */
public record Topic(String name, int partitions, Map<String, String> settings, String owner) {

  /** A number that the installation decides: see {@link #in}. */
  public static final int AS_THE_INSTALLATION_GIVES = 0;

  /** The setting that bounds a record, its key and headers included. */
  static final String LONGEST = "max.message.bytes";

  /** What a broker takes where nothing is said. */
  private static final int BROKERS_LONGEST = (1 << 20) + 12;

  public Topic {
    settings = Map.copyOf(settings);
  }

  /** The topic as it is on an installation that gives {@code partitions} to each spread topic. */
  public Topic in(int partitions) {
    return this.partitions == AS_THE_INSTALLATION_GIVES
        ? new Topic(name, partitions, settings, owner)
        : this;
  }

  /** Guessing it would send keys elsewhere, so the catalogue's own entry has none to tell. */
  @Override
  public int partitions() {
    if (partitions == AS_THE_INSTALLATION_GIVES) {
      throw new IllegalStateException(
          "%s has as many partitions as the installation gives; ask in(partitions)"
              .formatted(name));
    }
    return partitions;
  }

  /** How many bytes a record may have, its key and headers included. */
  public int longestRecord() {
    String set = settings.get(LONGEST);
    return set == null ? BROKERS_LONGEST : Integer.parseInt(set);
  }

  /** The topic that holds what {@link #owner()} could not handle, for 90 days. */
  public Topic deadLetters(String reader) {
    return new Topic(
        name + ".dlt", partitions, Topics.keptFor(Topics.NINETY_DAYS, Topics.LETTER_BYTES), reader);
  }
}
