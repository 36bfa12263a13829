package dev.floe.registry.domain;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen in registries; {@code floe.registry.events} carries exactly these. */
public sealed interface RegistryEvent {

  record CommandRefused(String command, Version version, List<Refusal> reasons)
      implements RegistryEvent {
    public CommandRefused {
      reasons = List.copyOf(reasons);
    }
  }

  /** Files were stored by digest; nothing points at them yet. */
  record ArtifactStored(
      Version version, Digest digest, String environment, String ref, long size, String mediaType)
      implements RegistryEvent {}

  record ReplicationStarted(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      RegistryTarget source,
      List<RegistryTarget> targets,
      int attempt,
      Instant actBefore)
      implements RegistryEvent {
    public ReplicationStarted {
      targets = List.copyOf(targets);
    }
  }

  record ArtifactReplicated(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      String registry,
      String ref,
      long bytes,
      @Nullable CopyVerdict verdict)
      implements RegistryEvent {}

  record ReplicationFailed(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      String registry,
      String ref,
      String trouble,
      String message,
      @Nullable CopyVerdict verdict)
      implements RegistryEvent {}

  record TagAssignmentStarted(
      @Nullable String promotion,
      int intent,
      TagStage stage,
      Version version,
      Digest digest,
      @Nullable String from,
      String environment,
      List<RegistryTarget> targets,
      List<String> tags,
      int attempt,
      Instant actBefore)
      implements RegistryEvent {
    public TagAssignmentStarted {
      targets = List.copyOf(targets);
      tags = List.copyOf(tags);
    }
  }

  record TagsAssigned(
      @Nullable String promotion,
      int intent,
      TagStage stage,
      Version version,
      Digest digest,
      @Nullable String from,
      String environment,
      List<String> refs)
      implements RegistryEvent {
    public TagsAssigned {
      refs = List.copyOf(refs);
    }
  }

  record TagAssignmentFailed(
      @Nullable String promotion,
      int intent,
      TagStage stage,
      Version version,
      Digest digest,
      @Nullable String from,
      String environment,
      String trouble,
      String message)
      implements RegistryEvent {}

  /** Nobody acted in time. */
  record IntentLapsed(
      String promotion, int intent, Version version, Digest digest, String from, String to)
      implements RegistryEvent {}
}
