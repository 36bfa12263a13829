package dev.floe.promotion.domain.message;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to a release line; {@code floe.promotion.events} carries exactly these. */
public sealed interface PromotionEvent {

  /** An event in the life of one promotion. */
  sealed interface OfPromotion extends PromotionEvent {
    String promotion();
  }

  /** Work that others take up until {@code actBefore}; its answer counts while it is current. */
  sealed interface IntentEvent extends OfPromotion {
    int intent();

    Instant actBefore();
  }

  /** A version is in the first environment. */
  record ArtifactPublished(
      Version version,
      Digest digest,
      String environment,
      String ref,
      long size,
      String mediaType,
      List<RegistryTarget> targets,
      List<String> tags)
      implements PromotionEvent {
    public ArtifactPublished {
      targets = List.copyOf(targets);
      tags = List.copyOf(tags);
    }
  }

  /** A version is to enter the next environment. */
  record PromotionRequested(
      String promotion,
      Version version,
      Digest digest,
      String from,
      String to,
      Plan plan,
      String planHash,
      int manifestRevision,
      String rulesHash,
      String requestedBy,
      boolean approvalRequested,
      boolean downgrade,
      @Nullable String retryOf,
      String reason)
      implements OfPromotion {}

  /** A promotion waits for its slot. */
  record PromotionQueued(
      String promotion, Version version, Digest digest, String from, String to, String behind)
      implements OfPromotion {}

  /** A promotion may not be; the version stands as it was asked for. */
  record PromotionRefused(
      String promotion,
      String version,
      @Nullable Digest digest,
      @Nullable String from,
      String to,
      List<Refusal> reasons)
      implements PromotionEvent {
    public PromotionRefused {
      reasons = List.copyOf(reasons);
    }
  }

  /** The gates are to run. */
  record ValidationStarted(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      String artifact,
      List<GateRef> gates,
      boolean failFast,
      int manifestRevision,
      Instant actBefore)
      implements IntentEvent {
    public ValidationStarted {
      gates = List.copyOf(gates);
    }
  }

  /** Every gate ran and passed; {@code approval} is null where none is needed or it was given. */
  record ValidationPassed(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      @Nullable ApprovalRules approval,
      String requestedBy,
      int manifestRevision)
      implements OfPromotion {}

  /** A gate said no or could not say. */
  record ValidationFailed(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      List<GateOutcome> failed)
      implements OfPromotion {
    public ValidationFailed {
      failed = List.copyOf(failed);
    }
  }

  /** Every team has approved. */
  record PromotionApproved(
      String promotion,
      Version version,
      Digest digest,
      String from,
      String to,
      List<Approval> decisions,
      Instant expiresAt)
      implements OfPromotion {
    public PromotionApproved {
      decisions = List.copyOf(decisions);
    }
  }

  /**
   * The bytes are to be copied; uses the approval up.
   *
   * @param evidence null in records of before it was told
   */
  record PromotionStarted(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      RegistryTarget source,
      List<RegistryTarget> targets,
      List<Approval> decisions,
      Instant actBefore,
      @Nullable Evidence evidence)
      implements IntentEvent {
    public PromotionStarted {
      targets = List.copyOf(targets);
      decisions = List.copyOf(decisions);
    }
  }

  /** The tags are to move: the version goes live. */
  record TaggingStarted(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      TagStage stage,
      List<RegistryTarget> targets,
      List<String> tags,
      long bytes,
      Instant actBefore)
      implements IntentEvent {
    public TaggingStarted {
      targets = List.copyOf(targets);
      tags = List.copyOf(tags);
    }
  }

  /** The gates after the tags are to run. */
  record PostValidationStarted(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      String artifact,
      List<GateRef> gates,
      boolean failFast,
      int manifestRevision,
      Instant actBefore)
      implements IntentEvent {
    public PostValidationStarted {
      gates = List.copyOf(gates);
    }
  }

  /** Every gate after the tags passed. */
  record PostValidationPassed(
      String promotion, int intent, Version version, Digest digest, String from, String to)
      implements OfPromotion {}

  /** A gate after the tags said no or could not say. */
  record PostValidationFailed(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      List<GateOutcome> failed)
      implements OfPromotion {
    public PostValidationFailed {
      failed = List.copyOf(failed);
    }
  }

  /** The version is live in the environment. */
  record PromotionSucceeded(
      String promotion,
      Version version,
      Digest digest,
      String from,
      String to,
      List<String> refs,
      long bytes)
      implements OfPromotion {
    public PromotionSucceeded {
      refs = List.copyOf(refs);
    }
  }

  /** The promotion ended without success; {@code cause} is a problem code. */
  record PromotionFailed(
      String promotion,
      Version version,
      Digest digest,
      String from,
      String to,
      String cause,
      String message,
      String by)
      implements OfPromotion {}

  /** Somebody ended the promotion. */
  record PromotionCancelled(
      String promotion, Version version, Digest digest, String from, String to, String reason)
      implements OfPromotion {}

  /** Something other than a promotion was refused. */
  record CommandRefused(
      String command, @Nullable String promotion, @Nullable String version, List<Refusal> reasons)
      implements PromotionEvent {
    public CommandRefused {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * The tags that the log gives a version are to be set again, and moved back where they moved.
   *
   * @param intent number of the repair within its artifact, from 2: a publication's tags are 1
   */
  record TagRepaired(
      int intent,
      Version version,
      Digest digest,
      String environment,
      List<RegistryTarget> targets,
      List<String> tags)
      implements PromotionEvent {
    public TagRepaired {
      targets = List.copyOf(targets);
      tags = List.copyOf(tags);
    }
  }

  /** Every service folds the artifact's history again. */
  record ArtifactResumed(String reason) implements PromotionEvent {}
}
