package dev.floe.registry.adapter.kafka;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import dev.floe.messaging.avro.RecordMapper;
import dev.floe.messaging.avro.Scalar;
import dev.floe.messaging.journal.About;
import dev.floe.registry.domain.RegistryCommand;
import dev.floe.registry.domain.RegistryEvent;
import dev.floe.registry.domain.RegistryEvent.ArtifactReplicated;
import dev.floe.registry.domain.RegistryEvent.ArtifactStored;
import dev.floe.registry.domain.RegistryEvent.CatchUpAbandoned;
import dev.floe.registry.domain.RegistryEvent.CatchUpStarted;
import dev.floe.registry.domain.RegistryEvent.CommandRefused;
import dev.floe.registry.domain.RegistryEvent.IntentLapsed;
import dev.floe.registry.domain.RegistryEvent.RegistryCaughtUp;
import dev.floe.registry.domain.RegistryEvent.RegistryFellBehind;
import dev.floe.registry.domain.RegistryEvent.ReplicationFailed;
import dev.floe.registry.domain.RegistryEvent.ReplicationStarted;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentFailed;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentStarted;
import dev.floe.registry.domain.RegistryEvent.TagDriftDetected;
import dev.floe.registry.domain.RegistryEvent.TagDriftResolved;
import dev.floe.registry.domain.RegistryEvent.TagsAssigned;
import java.util.List;
import java.util.Optional;

/** How work on registries looks outside: Avro records, and what their envelope says. */
public final class RegistryRecords implements About<RegistryEvent> {

  private static final String NAMESPACE = "dev.floe.registry.v1";
  private static final Scalar<Version> VERSION = Scalar.of(Version.class, Version::parse);
  private static final Scalar<Digest> DIGEST = Scalar.of(Digest.class, Digest::parse);

  public static final RecordMapper<RegistryCommand> COMMANDS =
      RecordMapper.of(RegistryCommand.class, NAMESPACE, VERSION, DIGEST);
  public static final RecordMapper<RegistryEvent> EVENTS =
      RecordMapper.of(RegistryEvent.class, NAMESPACE, VERSION, DIGEST);

  @Override
  public String subject(String key, RegistryEvent event) {
    return correlation(event)
        .orElseGet(
            () ->
                switch (event) {
                  case ArtifactStored e -> key + "/" + e.environment();
                  case TagAssignmentStarted e -> key + "/" + e.environment();
                  case TagsAssigned e -> key + "/" + e.environment();
                  case TagAssignmentFailed e -> key + "/" + e.environment();
                  case RegistryFellBehind e -> key + "/" + e.environment();
                  case CatchUpStarted e -> key + "/" + e.environment();
                  case RegistryCaughtUp e -> key + "/" + e.environment();
                  case CatchUpAbandoned e -> key + "/" + e.environment();
                  case TagDriftDetected e -> key + "/" + e.environment();
                  case TagDriftResolved e -> key + "/" + e.environment();
                  default -> key;
                });
  }

  @Override
  public Optional<String> correlation(RegistryEvent event) {
    return switch (event) {
      case ReplicationStarted e -> Optional.of(e.promotion());
      case ArtifactReplicated e -> Optional.of(e.promotion());
      case ReplicationFailed e -> Optional.of(e.promotion());
      case IntentLapsed e -> Optional.of(e.promotion());
      case TagAssignmentStarted e -> Optional.ofNullable(e.promotion());
      case TagsAssigned e -> Optional.ofNullable(e.promotion());
      case TagAssignmentFailed e -> Optional.ofNullable(e.promotion());
      case RegistryFellBehind e -> Optional.ofNullable(e.promotion());
      case CatchUpStarted e -> Optional.ofNullable(e.promotion());
      case RegistryCaughtUp e -> Optional.ofNullable(e.promotion());
      case CatchUpAbandoned e -> Optional.ofNullable(e.promotion());
      case ArtifactStored _, CommandRefused _, TagDriftDetected _, TagDriftResolved _ ->
          Optional.empty();
    };
  }

  @Override
  public List<Refusal> because(RegistryEvent event) {
    return event instanceof CommandRefused refused ? refused.reasons() : List.of();
  }
}
