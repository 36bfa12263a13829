package dev.floe.schemas;

import dev.floe.approval.v1.ApprovalAttemptRefused;
import dev.floe.approval.v1.ApprovalCompleted;
import dev.floe.approval.v1.ApprovalDenied;
import dev.floe.approval.v1.ApprovalExpired;
import dev.floe.approval.v1.ApprovalGranted;
import dev.floe.approval.v1.ApprovalRequested;
import dev.floe.approval.v1.ApprovalWithdrawn;
import dev.floe.config.v1.ManifestApplied;
import dev.floe.config.v1.ManifestRefused;
import dev.floe.config.v1.SignInRefused;
import dev.floe.gate.v1.GateErrored;
import dev.floe.gate.v1.GateFailed;
import dev.floe.gate.v1.GatePassed;
import dev.floe.gate.v1.GateSkipped;
import dev.floe.gate.v1.GateStarted;
import dev.floe.gate.v1.IntentLapsed;
import dev.floe.promotion.v1.ArtifactPublished;
import dev.floe.promotion.v1.ArtifactResumed;
import dev.floe.promotion.v1.CommandRefused;
import dev.floe.promotion.v1.PostValidationFailed;
import dev.floe.promotion.v1.PostValidationPassed;
import dev.floe.promotion.v1.PostValidationStarted;
import dev.floe.promotion.v1.PromotionApproved;
import dev.floe.promotion.v1.PromotionCancelled;
import dev.floe.promotion.v1.PromotionFailed;
import dev.floe.promotion.v1.PromotionQueued;
import dev.floe.promotion.v1.PromotionRefused;
import dev.floe.promotion.v1.PromotionRequested;
import dev.floe.promotion.v1.PromotionStarted;
import dev.floe.promotion.v1.PromotionSucceeded;
import dev.floe.promotion.v1.TagRepaired;
import dev.floe.promotion.v1.TaggingStarted;
import dev.floe.promotion.v1.ValidationFailed;
import dev.floe.promotion.v1.ValidationPassed;
import dev.floe.promotion.v1.ValidationStarted;
import dev.floe.registry.v1.ArtifactReplicated;
import dev.floe.registry.v1.ArtifactStored;
import dev.floe.registry.v1.CatchUpAbandoned;
import dev.floe.registry.v1.CatchUpStarted;
import dev.floe.registry.v1.RegistryCaughtUp;
import dev.floe.registry.v1.RegistryFellBehind;
import dev.floe.registry.v1.ReplicationFailed;
import dev.floe.registry.v1.ReplicationStarted;
import dev.floe.registry.v1.TagAssignmentFailed;
import dev.floe.registry.v1.TagAssignmentStarted;
import dev.floe.registry.v1.TagDriftDetected;
import dev.floe.registry.v1.TagDriftResolved;
import dev.floe.registry.v1.TagsAssigned;
import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogue of every event that a service records; whoever asks for another has misspelt it.
 */
public final class EventTypes {

  private static final List<Class<?>> PROMOTION =
      List.of(
          ArtifactPublished.class,
          PromotionRequested.class,
          PromotionQueued.class,
          PromotionRefused.class,
          ValidationStarted.class,
          ValidationPassed.class,
          ValidationFailed.class,
          PromotionApproved.class,
          PromotionStarted.class,
          TaggingStarted.class,
          PostValidationStarted.class,
          PostValidationPassed.class,
          PostValidationFailed.class,
          PromotionSucceeded.class,
          PromotionFailed.class,
          PromotionCancelled.class,
          CommandRefused.class,
          TagRepaired.class,
          ArtifactResumed.class);

  private static final List<Class<?>> GATE =
      List.of(
          GateStarted.class,
          GatePassed.class,
          GateFailed.class,
          GateErrored.class,
          GateSkipped.class,
          IntentLapsed.class);

  private static final List<Class<?>> APPROVAL =
      List.of(
          ApprovalRequested.class,
          ApprovalGranted.class,
          ApprovalDenied.class,
          ApprovalAttemptRefused.class,
          ApprovalCompleted.class,
          ApprovalExpired.class,
          ApprovalWithdrawn.class);

  private static final List<Class<?>> REGISTRY =
      List.of(
          dev.floe.registry.v1.CommandRefused.class,
          ArtifactStored.class,
          ReplicationStarted.class,
          ArtifactReplicated.class,
          ReplicationFailed.class,
          TagAssignmentStarted.class,
          TagsAssigned.class,
          TagAssignmentFailed.class,
          dev.floe.registry.v1.IntentLapsed.class,
          RegistryFellBehind.class,
          CatchUpStarted.class,
          RegistryCaughtUp.class,
          CatchUpAbandoned.class,
          TagDriftDetected.class,
          TagDriftResolved.class);

  private static final List<Class<?>> CONFIG =
      List.of(ManifestApplied.class, ManifestRefused.class, SignInRefused.class);

  private EventTypes() {}

  /** Avro full names. */
  public static List<String> all() {
    return Stream.of(PROMOTION, GATE, APPROVAL, REGISTRY, CONFIG)
        .flatMap(List::stream)
        .map(Class::getName)
        .toList();
  }
}
