package dev.floe.local.log;

import dev.floe.messaging.Bus;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.LogReader;
import dev.floe.messaging.SequenceGuard;
import dev.floe.messaging.feed.EventFeed;
import dev.floe.messaging.feed.FeedRecord;
import dev.floe.schemas.Topic;
import dev.floe.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Tells the log what a promotion, an approval or the manifest has come to, one line an event. */
public final class Milestones {

  private static final Logger LOG = LoggerFactory.getLogger("floe.events");
  private static final int LONGEST_TEXT = 300;

  private static final List<Topic> TOPICS =
      List.of(
          Topics.PROMOTION_EVENTS,
          Topics.GATE_EVENTS,
          Topics.APPROVAL_EVENTS,
          Topics.CONFIG_EVENTS);

  private static final Set<String> TOLD =
      Set.of(
          "ArtifactPublished",
          "PromotionRequested",
          "PromotionQueued",
          "PromotionRefused",
          "GatePassed",
          "GateFailed",
          "GateErrored",
          "ValidationPassed",
          "ValidationFailed",
          "ApprovalRequested",
          "ApprovalGranted",
          "ApprovalDenied",
          "ApprovalExpired",
          "ApprovalWithdrawn",
          "ApprovalCompleted",
          "PromotionApproved",
          "PromotionStarted",
          "TaggingStarted",
          "PostValidationFailed",
          "PromotionSucceeded",
          "PromotionFailed",
          "PromotionCancelled",
          "PromotionSuperseded",
          "TagRepaired",
          "ManifestApplied",
          "ManifestRefused");

  /** What is said of an event where it has such a field. */
  private static final List<String> FIELDS =
      List.of(
          "version",
          "from",
          "to",
          "environment",
          "gate",
          "team",
          "revision",
          "sha256",
          "cause",
          "message");

  private Milestones() {}

  /** Begins with what is recorded from now on. */
  public static EventFeed follow(Bus bus) {
    List<TopicPartition> partitions = new ArrayList<>();
    bus.sized(TOPICS)
        .forEach(
            topic -> partitions.addAll(LogReader.partitions(topic.name(), topic.partitions())));
    try (Admin admin = bus.kafka().admin("floe-log-admin")) {
      Map<TopicPartition, Long> ends = new LogReader(bus.kafka(), admin).ends(partitions);
      return EventFeed.start(
          bus,
          "log",
          TOPICS,
          ends,
          SequenceGuard.fromAnywhere(),
          (records, _) -> records.forEach(Milestones::tell));
    }
  }

  private static void tell(FeedRecord record) {
    Envelope envelope = record.envelope();
    if (envelope == null || record.decoded() == null) {
      LOG.atWarn()
          .setMessage("a record cannot be read")
          .addKeyValue("topic", record.topic())
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("why", record.problem())
          .log();
      return;
    }
    String name = record.decoded().writer().getName();
    if (TOLD.contains(name)) {
      LoggingEventBuilder line = LOG.atInfo().setMessage(name);
      line = line.addKeyValue("artifact", record.key());
      if (envelope.correlation() != null) {
        line = line.addKeyValue("promotion", envelope.correlation());
      }
      fields(line, record.decoded().record()).addKeyValue("by", envelope.by().name()).log();
    }
  }

  private static LoggingEventBuilder fields(LoggingEventBuilder line, IndexedRecord record) {
    LoggingEventBuilder told = line;
    for (String name : FIELDS) {
      Schema.Field field = record.getSchema().getField(name);
      Object value = field == null ? null : record.get(field.pos());
      if (value != null && !value.toString().isEmpty()) {
        told = told.addKeyValue(name, cut(value.toString()));
      }
    }
    return told;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
  }
}
