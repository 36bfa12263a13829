package dev.floe.promotion.adapter;

import dev.floe.promotion.domain.message.Approval;
import dev.floe.promotion.domain.message.GateOutcome;
import dev.floe.promotion.domain.message.Phase;
import dev.floe.promotion.domain.message.TagStage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What other services tell, as records of their own schemas. */
public final class Told {

  private Told() {}

  public record PhaseVerdict(boolean passed, List<GateOutcome> failed) {}

  public record GatePassed(
      String promotion,
      int intent,
      String version,
      String digest,
      String from,
      String to,
      Phase phase,
      String gate,
      int attempt,
      @Nullable Integer exitCode,
      long durationMs,
      String output,
      String outputDigest,
      long outputBytes,
      String reason,
      String message,
      String hint,
      @Nullable PhaseVerdict verdict) {

    /** The last gate of an intent, with the verdict of all. */
    public static GatePassed last(String promotion, int intent, String version, String digest) {
      return new GatePassed(
          promotion,
          intent,
          version,
          digest,
          "dev",
          "staging",
          Phase.BEFORE,
          "policy_compliance",
          1,
          0,
          12,
          "",
          "",
          0,
          "",
          "",
          "",
          new PhaseVerdict(true, List.of()));
    }
  }

  public record ApprovalCompleted(
      String approval,
      String version,
      String digest,
      String from,
      String to,
      List<Approval> decisions,
      Instant expiresAt) {}

  /** What registry-sync tells. */
  public sealed interface OfRegistries {}

  public record CopyVerdict(boolean copied, String trouble, String message) {}

  public record ArtifactReplicated(
      String promotion,
      int intent,
      String version,
      String digest,
      String from,
      String to,
      String registry,
      String ref,
      long bytes,
      @Nullable CopyVerdict verdict)
      implements OfRegistries {}

  public record TagsAssigned(
      @Nullable String promotion,
      int intent,
      TagStage stage,
      String version,
      String digest,
      @Nullable String from,
      String environment,
      List<String> refs)
      implements OfRegistries {}
}
