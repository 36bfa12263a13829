package dev.floe.approval.adapter.kafka;

import dev.floe.approval.domain.ApprovalCommand;
import dev.floe.approval.domain.ApprovalEvent;
import dev.floe.approval.domain.ApprovalEvent.ApprovalAttemptRefused;
import dev.floe.approval.domain.ApprovalEvent.ApprovalCompleted;
import dev.floe.approval.domain.ApprovalEvent.ApprovalDenied;
import dev.floe.approval.domain.ApprovalEvent.ApprovalExpired;
import dev.floe.approval.domain.ApprovalEvent.ApprovalGranted;
import dev.floe.approval.domain.ApprovalEvent.ApprovalRequested;
import dev.floe.approval.domain.ApprovalEvent.ApprovalWithdrawn;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import dev.floe.messaging.avro.RecordMapper;
import dev.floe.messaging.avro.Scalar;
import dev.floe.messaging.journal.About;
import java.util.List;
import java.util.Optional;

/** How approvals look outside: Avro records, and what their envelope says. */
public final class ApprovalRecords implements About<ApprovalEvent> {

  private static final String NAMESPACE = "dev.floe.approval.v1";
  private static final Scalar<Version> VERSION = Scalar.of(Version.class, Version::parse);
  private static final Scalar<Digest> DIGEST = Scalar.of(Digest.class, Digest::parse);

  public static final RecordMapper<ApprovalCommand> COMMANDS =
      RecordMapper.of(ApprovalCommand.class, NAMESPACE, VERSION, DIGEST);
  public static final RecordMapper<ApprovalEvent> EVENTS =
      RecordMapper.of(ApprovalEvent.class, NAMESPACE, VERSION, DIGEST);

  @Override
  public String subject(String key, ApprovalEvent event) {
    return id(event);
  }

  @Override
  public Optional<String> correlation(ApprovalEvent event) {
    return Optional.of(id(event));
  }

  @Override
  public List<Refusal> because(ApprovalEvent event) {
    return event instanceof ApprovalAttemptRefused refused ? refused.reasons() : List.of();
  }

  private static String id(ApprovalEvent event) {
    return switch (event) {
      case ApprovalRequested e -> e.approval();
      case ApprovalGranted e -> e.approval();
      case ApprovalDenied e -> e.approval();
      case ApprovalAttemptRefused e -> e.approval();
      case ApprovalCompleted e -> e.approval();
      case ApprovalExpired e -> e.approval();
      case ApprovalWithdrawn e -> e.approval();
    };
  }
}
