package dev.floe.approval.adapter.kafka;

import dev.floe.approval.v1.ApprovalCompleted;
import dev.floe.approval.v1.ApprovalDenied;
import dev.floe.approval.v1.ApprovalExpired;
import dev.floe.approval.v1.ApprovalRequested;
import dev.floe.approval.v1.ApprovalWithdrawn;
import dev.floe.messaging.Bus;
import dev.floe.messaging.SequenceGuard;
import dev.floe.messaging.feed.EventFeed;
import dev.floe.messaging.feed.FeedRecord;
import dev.floe.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which artifact each request is about, so that a decision reaches the right partition, and
 * how the request stands where another instance decides about it.
 */
public final class ApprovalSubjects implements AutoCloseable {

  private final Map<String, Known> requests = new ConcurrentHashMap<>();
  private final EventFeed feed;

  private record Known(String artifact, String state) {}

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
    return Optional.ofNullable(requests.get(approval)).map(Known::artifact);
  }

  /** How the request stands, as far as this instance has read. */
  public Optional<String> stateOf(String approval) {
    return Optional.ofNullable(requests.get(approval)).map(Known::state);
  }

  public boolean isReady() {
    return feed.isCaughtUp();
  }

  @Override
  public void close() {
    feed.close();
  }

  private void fold(FeedRecord record) {
    if (record.decoded() == null) {
      return;
    }
    switch (record.decoded().record()) {
      case ApprovalRequested e -> requests.put(e.getApproval(), new Known(record.key(), "pending"));
      case ApprovalCompleted e -> ended(e.getApproval(), "approved");
      case ApprovalDenied e -> ended(e.getApproval(), "denied");
      case ApprovalExpired e -> ended(e.getApproval(), "expired");
      case ApprovalWithdrawn e -> ended(e.getApproval(), "withdrawn");
      default -> {}
    }
  }

  private void ended(String approval, String state) {
    requests.computeIfPresent(approval, (_, known) -> new Known(known.artifact(), state));
  }
}
