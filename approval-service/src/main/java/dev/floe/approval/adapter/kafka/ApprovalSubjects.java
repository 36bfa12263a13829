package dev.floe.approval.adapter.kafka;

import dev.floe.approval.v1.ApprovalRequested;
import dev.floe.messaging.Bus;
import dev.floe.messaging.SequenceGuard;
import dev.floe.messaging.feed.EventFeed;
import dev.floe.messaging.feed.FeedRecord;
import dev.floe.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Knows which artifact each request is about, so that a decision reaches the right partition. */
public final class ApprovalSubjects implements AutoCloseable {

  private final Map<String, String> artifacts = new ConcurrentHashMap<>();
  private final EventFeed feed;

  private ApprovalSubjects(Bus bus) {
    this.feed =
        EventFeed.start(
            bus,
            "approval-service-subjects",
            List.of(Topics.APPROVAL_EVENTS),
            Map.of(),
            SequenceGuard.fromAnywhere(),
            (records, _) -> records.forEach(this::fold));
  }

  public static ApprovalSubjects start(Bus bus) {
    return new ApprovalSubjects(bus);
  }

  public Optional<String> artifactOf(String approval) {
    return Optional.ofNullable(artifacts.get(approval));
  }

  public boolean isReady() {
    return feed.isCaughtUp();
  }

  @Override
  public void close() {
    feed.close();
  }

  private void fold(FeedRecord record) {
    if (record.decoded() != null
        && record.decoded().record() instanceof ApprovalRequested requested) {
      artifacts.put(requested.getApproval(), record.key());
    }
  }
}
