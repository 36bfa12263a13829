package dev.floe.registry.domain;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen in registries; {@code floe.registry.events} carries exactly these. */
public sealed interface RegistryEvent {

  record CommandRefused(String command, @Nullable Version version, List<Refusal> reasons)
      implements RegistryEvent {
    public CommandRefused {
      reasons = List.copyOf(reasons);
    }
  }

  /** Files were stored by digest; nothing points at them yet. */
  record ArtifactStored(
      Version version, Digest digest, String environment, String ref, long size, String mediaType)
      implements RegistryEvent {}

  /**
   * An attempt at copying began.
   *
   * @param evidence null in records of before it was told
   */
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
      Instant actBefore,
      @Nullable Evidence evidence)
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

    /** Whether tags are set back to where the log has them, wherever they stand now. */
    public boolean isRepair() {
      return promotion == null && intent > Works.PUBLICATION;
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

  /**
   * A registry beside the primary lacks a version that the primary has.
   *
   * @param attempt how often it was tried since
   * @param nextAttempt when it is tried again
   */
  record RegistryFellBehind(
      @Nullable String promotion,
      Version version,
      Digest digest,
      @Nullable String from,
      String environment,
      RegistryTarget source,
      RegistryTarget target,
      List<String> tags,
      int attempt,
      String trouble,
      String message,
      Instant nextAttempt)
      implements RegistryEvent {
    public RegistryFellBehind {
      tags = List.copyOf(tags);
    }
  }

  record CatchUpStarted(
      @Nullable String promotion,
      Version version,
      Digest digest,
      @Nullable String from,
      String environment,
      RegistryTarget source,
      RegistryTarget target,
      List<String> tags,
      int attempt,
      Instant actBefore)
      implements RegistryEvent {
    public CatchUpStarted {
      tags = List.copyOf(tags);
    }
  }

  /** A registry that lacked a version has it, with its tags. */
  record RegistryCaughtUp(
      @Nullable String promotion,
      Version version,
      Digest digest,
      @Nullable String from,
      String environment,
      RegistryTarget target,
      List<String> refs,
      long bytes)
      implements RegistryEvent {
    public RegistryCaughtUp {
      refs = List.copyOf(refs);
    }
  }

  /**
   * A registry that lacked a version is not tried again.
   *
   * @param attempt how often it was tried
   * @param message why not
   */
  record CatchUpAbandoned(
      @Nullable String promotion,
      Version version,
      Digest digest,
      @Nullable String from,
      String environment,
      RegistryTarget target,
      int attempt,
      String message)
      implements RegistryEvent {}

  /** A tag was moved, deleted or pushed by somebody else. */
  record TagDriftDetected(
      String environment,
      String registry,
      String ref,
      DriftKind kind,
      @Nullable Digest expected,
      @Nullable Digest found,
      String remedy)
      implements RegistryEvent {}

  /**
   * A difference is over.
   *
   * @param reason why, where the tag does not agree with the log; null where it does again
   */
  record TagDriftResolved(String environment, String registry, String ref, @Nullable String reason)
      implements RegistryEvent {}
}
