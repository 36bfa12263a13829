package dev.floe.schemas;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The catalogue of every topic, with its owner and settings (contract, section 4). */
public final class Topics {

  /** How many partitions a cluster gives to each topic that is spread by artifact. */
  public static final int ON_A_CLUSTER = 12;

  /** The longest command of others: it bounds all that a stranger can make a service write. */
  public static final int COMMAND_BYTES = 64 << 10;

  /** The longest command of a service to itself, such as a report of all that a registry lacks. */
  public static final int REPORT_BYTES = 512 << 10;

  /** The longest event or status: room for a command's texts in every field and reason. */
  public static final int EVENT_BYTES = 1 << 20;

  /** The longest answer, which repeats the events of its command. */
  public static final int ANSWER_BYTES = EVENT_BYTES + (EVENT_BYTES >> 1);

  /** The longest dead letter: all headers of a command and the beginning of its value. */
  public static final int LETTER_BYTES = 256 << 10;

  /** The one key of {@link #CONFIG_EVENTS}. */
  public static final String MANIFEST_KEY = "manifest";

  private static final int SPREAD = Topic.AS_THE_INSTALLATION_GIVES;

  static final long HOUR = 3_600_000L;
  static final long SEVEN_DAYS = 7 * 24 * HOUR;
  static final long NINETY_DAYS = 90 * 24 * HOUR;

  public static final Topic PROMOTION_COMMANDS = commands("promotion", "");
  public static final Topic APPROVAL_COMMANDS = commands("approval", "approval-service");
  public static final Topic GATE_COMMANDS = commands("gate", "gate-runner");
  public static final Topic REGISTRY_COMMANDS = commands("registry", "registry-sync");
  public static final Topic NOTIFICATION_COMMANDS = commands("notification", "notifier");
  public static final Topic USAGE_COMMANDS = commands("usage", "audit-projector");

  public static final Topic PROMOTION_EVENTS = events("promotion", SPREAD, "promotion-service");
  public static final Topic APPROVAL_EVENTS = events("approval", SPREAD, "approval-service");
  public static final Topic GATE_EVENTS = events("gate", SPREAD, "gate-runner");
  public static final Topic REGISTRY_EVENTS = events("registry", SPREAD, "registry-sync");
  public static final Topic NOTIFICATION_EVENTS = events("notification", SPREAD, "notifier");
  public static final Topic USAGE_EVENTS = events("usage", SPREAD, "audit-projector");
  public static final Topic CONFIG_EVENTS = events("config", 1, "promotion-service");

  public static final Topic REPLIES =
      new Topic("floe.replies", SPREAD, keptFor(HOUR, ANSWER_BYTES), "services");
  public static final Topic STATUS =
      new Topic("floe.status", SPREAD, compacted(), "audit-projector");
  public static final Topic CHECKPOINTS =
      new Topic("floe.audit.checkpoints", 1, unlimited(), "audit-projector");

  private Topics() {}

  /** Topics that anyone or a service sends commands to. */
  public static List<Topic> commands() {
    return List.of(
        PROMOTION_COMMANDS,
        APPROVAL_COMMANDS,
        GATE_COMMANDS,
        REGISTRY_COMMANDS,
        NOTIFICATION_COMMANDS,
        USAGE_COMMANDS);
  }

  /** Topics that make up the trail. */
  public static List<Topic> events() {
    return List.of(
        PROMOTION_EVENTS,
        APPROVAL_EVENTS,
        GATE_EVENTS,
        REGISTRY_EVENTS,
        NOTIFICATION_EVENTS,
        USAGE_EVENTS,
        CONFIG_EVENTS);
  }

  /**
   * Every topic, dead letters included.
   *
   * @param partitions what the installation gives to those that are spread by artifact
   */
  public static List<Topic> all(int partitions) {
    Stream<Topic> letters =
        commands().stream()
            .map(
                topic ->
                    topic.deadLetters(
                        topic.owner().isEmpty() ? PROMOTION_EVENTS.owner() : topic.owner()));
    return Stream.of(
            commands().stream(),
            events().stream(),
            Stream.of(REPLIES, STATUS, CHECKPOINTS),
            letters)
        .flatMap(topics -> topics)
        .map(topic -> topic.in(partitions))
        .toList();
  }

  private static Topic commands(String word, String owner) {
    var settings =
        Map.of(
            "retention.ms",
            Long.toString(SEVEN_DAYS),
            "cleanup.policy",
            "delete",
            "message.timestamp.type",
            "LogAppendTime",
            Topic.LONGEST,
            Integer.toString(owner.isEmpty() ? COMMAND_BYTES : REPORT_BYTES));
    return new Topic("floe." + word + ".commands", SPREAD, settings, owner);
  }

  private static Topic events(String word, int partitions, String owner) {
    return new Topic("floe." + word + ".events", partitions, unlimited(), owner);
  }

  private static Map<String, String> unlimited() {
    return Map.of(
        "retention.ms",
        "-1",
        "retention.bytes",
        "-1",
        "cleanup.policy",
        "delete",
        "message.timestamp.type",
        "LogAppendTime",
        Topic.LONGEST,
        Integer.toString(EVENT_BYTES));
  }

  private static Map<String, String> compacted() {
    return Map.of("cleanup.policy", "compact", Topic.LONGEST, Integer.toString(EVENT_BYTES));
  }

  static Map<String, String> keptFor(long millis, int longest) {
    return Map.of(
        "retention.ms",
        Long.toString(millis),
        "cleanup.policy",
        "delete",
        Topic.LONGEST,
        Integer.toString(longest));
  }
}
