package dev.floe.promotion.adapter.kafka;

import dev.floe.messaging.Bus;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.SequenceGuard;
import dev.floe.messaging.SequenceVerdict;
import dev.floe.messaging.avro.RecordMapper;
import dev.floe.messaging.feed.EventFeed;
import dev.floe.messaging.feed.FeedRecord;
import dev.floe.messaging.journal.KafkaJournal;
import dev.floe.promotion.application.Lines;
import dev.floe.promotion.domain.line.Evolution;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.PromotionCommand;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every release line, on every instance: the journal's own where this instance is the writer, else
 * folded from the topic.
 */
public final class LineFeed implements Lines, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LineFeed.class);

  private final KafkaJournal<PromotionCommand, ReleaseLine, PromotionEvent> journal;
  private final Map<String, ReleaseLine> folded = new ConcurrentHashMap<>();
  private final EventFeed feed;

  private LineFeed(Bus bus, KafkaJournal<PromotionCommand, ReleaseLine, PromotionEvent> journal) {
    this.journal = journal;
    this.feed =
        EventFeed.start(
            bus,
            "promotion-service-lines",
            List.of(Topics.PROMOTION_EVENTS),
            Map.of(),
            SequenceGuard.fromAnywhere(),
            (records, _) -> records.forEach(this::fold));
  }

  /** Begins to fold; {@link #isReady} says when everything so far is. */
  public static LineFeed start(
      Bus bus, KafkaJournal<PromotionCommand, ReleaseLine, PromotionEvent> journal) {
    return new LineFeed(bus, journal);
  }

  @Override
  public ReleaseLine of(String artifact) {
    return journal
        .state(artifact)
        .orElseGet(() -> folded.getOrDefault(artifact, ReleaseLine.EMPTY));
  }

  @Override
  public Optional<String> artifactOf(String promotion) {
    return Stream.concat(journal.owned().entrySet().stream(), folded.entrySet().stream())
        .filter(line -> knows(line.getValue(), promotion))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean knows(ReleaseLine line, String promotion) {
    return line.open().contains(promotion) || line.ended().contains(promotion);
  }

  public boolean isReady() {
    return feed.isCaughtUp();
  }

  @Override
  public void close() {
    feed.close();
  }

  private void fold(FeedRecord record) {
    Envelope envelope = record.envelope();
    if (record.verdict() != SequenceVerdict.ACCEPT
        || envelope == null
        || record.decoded() == null) {
      LOG.atError()
          .setMessage("an event of a release line is passed over")
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("verdict", record.verdict())
          .addKeyValue("problem", record.problem())
          .log();
      return;
    }
    try {
      PromotionEvent event = PromotionRecords.EVENTS.read(record.decoded().record());
      folded.merge(
          record.key(),
          Evolution.after(
              folded.getOrDefault(record.key(), ReleaseLine.EMPTY), event, envelope.time()),
          (_, after) -> after);
    } catch (RecordMapper.Unmapped | RuntimeException broken) {
      LOG.atError()
          .setMessage("an event of a release line cannot be folded")
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .setCause(broken)
          .log();
    }
  }
}
