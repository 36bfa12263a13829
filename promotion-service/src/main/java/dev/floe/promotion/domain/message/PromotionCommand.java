package dev.floe.promotion.domain.message;

import dev.floe.manifest.Digest;
import dev.floe.manifest.FreeText;
import dev.floe.manifest.Name;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked of a release line; {@code floe.promotion.commands} carries exactly these.
 *
 * <p>Versions are text here: one that is none is refused with a reason, like anything else a person
 * may get wrong. No command holds a text that could not stand in an event: whichever door it came
 * in by, its names are checked and its free texts made visible here.
 */
public sealed interface PromotionCommand {

  /** Makes a version known that the first environment's registry holds. */
  record RegisterVersion(String version, Digest digest, long size, String mediaType)
      implements PromotionCommand {
    public RegisterVersion {
      version = Name.VERSION.checked(version);
      mediaType = Name.MEDIA_TYPE.checked(mediaType);
      if (size < 0) {
        throw new IllegalArgumentException("nothing has a size of " + size);
      }
    }
  }

  /**
   * Asks for a version to enter the next environment.
   *
   * @param version optionally with an environment suffix
   * @param from null for the environment before the target
   * @param retry a promotion that failed after its gates passed and is to be tried again
   * @param plan plan hash that must still be true
   * @param registries to copy to; empty for all of the environment
   */
  record RequestPromotion(
      String version,
      @Nullable String from,
      String to,
      boolean requestApproval,
      boolean queue,
      boolean downgrade,
      @Nullable String retry,
      @Nullable String plan,
      List<String> registries,
      String reason)
      implements PromotionCommand {
    private static final int MOST_REGISTRIES = 16;

    public RequestPromotion {
      version = Name.VERSION.checked(version);
      from = from == null ? null : Name.ENVIRONMENT.checked(from);
      to = Name.ENVIRONMENT.checked(to);
      retry = retry == null ? null : Name.ID.checked(retry);
      plan = plan == null ? null : Name.PLAN.checked(plan);
      registries = List.copyOf(registries);
      Name.REGISTRY.check(registries, MOST_REGISTRIES);
      reason = FreeText.said("reason", reason);
    }
  }

  /** Asks for an open promotion to end. */
  record CancelPromotion(String promotion, String reason) implements PromotionCommand {
    public CancelPromotion {
      promotion = Name.ID.checked(promotion);
      reason = FreeText.said("reason", reason);
    }
  }

  /** Asks for the tags to be set again that the log gives a version in an environment. */
  record TagVersion(String version, String environment) implements PromotionCommand {
    public TagVersion {
      version = Name.VERSION.checked(version);
      environment = Name.ENVIRONMENT.checked(environment);
    }
  }

  /** Asks for a halted artifact to go on. */
  record ResumeArtifact(String reason) implements PromotionCommand {
    public ResumeArtifact {
      reason = FreeText.said("reason", reason);
    }
  }

  /** Something that the suite itself tells; people and signers may not. */
  sealed interface Report extends PromotionCommand {}

  /** A report that answers one intent, and counts only while that intent is the current one. */
  sealed interface Answer extends Report {
    String promotion();

    int intent();
  }

  /** Tells what the gates of an intent came to. */
  record RecordValidation(
      String promotion, int intent, Phase phase, boolean passed, List<GateOutcome> failed)
      implements Answer {
    public RecordValidation {
      failed = List.copyOf(failed);
    }
  }

  /** Tells what the copy of an intent came to. */
  record RecordCopy(
      String promotion, int intent, boolean copied, String trouble, String message, long bytes)
      implements Answer {
    public RecordCopy {
      message = FreeText.told(message);
    }
  }

  /** Tells what the tagging of an intent came to. */
  record RecordTags(
      String promotion,
      int intent,
      boolean assigned,
      List<String> refs,
      String trouble,
      String message)
      implements Answer {
    public RecordTags {
      refs = List.copyOf(refs);
      message = FreeText.told(message);
    }
  }

  /** Tells that nobody acted on an intent in time. */
  record RecordLapse(String promotion, int intent) implements Answer {}

  /** Tells how an approval ended. */
  record RecordApproval(
      String promotion,
      ApprovalOutcome outcome,
      List<Approval> decisions,
      String by,
      String reason,
      @Nullable Instant expiresAt)
      implements Report {
    public RecordApproval {
      decisions = List.copyOf(decisions);
    }
  }

  /** Says that time has passed. */
  record Tick() implements Report {}
}
