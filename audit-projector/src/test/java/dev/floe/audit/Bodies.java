package dev.floe.audit;

import dev.floe.gate.v1.GateFailed;
import dev.floe.gate.v1.GatePassed;
import dev.floe.gate.v1.GateStarted;
import dev.floe.promotion.v1.ApprovalRules;
import dev.floe.promotion.v1.ArtifactPublished;
import dev.floe.promotion.v1.GateRef;
import dev.floe.promotion.v1.OnApproval;
import dev.floe.promotion.v1.Phase;
import dev.floe.promotion.v1.Plan;
import dev.floe.promotion.v1.PostValidationStarted;
import dev.floe.promotion.v1.PromotionRequested;
import dev.floe.promotion.v1.PromotionStarted;
import dev.floe.promotion.v1.RegistryTarget;
import dev.floe.promotion.v1.TagStage;
import dev.floe.promotion.v1.TaggingStarted;
import dev.floe.promotion.v1.TeamQuorum;
import dev.floe.promotion.v1.ValidationPassed;
import dev.floe.promotion.v1.ValidationStarted;
import dev.floe.registry.v1.TagsAssigned;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the services write about each step of a story. */
final class Bodies {

  private Bodies() {}

  static ArtifactPublished published(String artifact, String version) {
    return ArtifactPublished.newBuilder()
        .setVersion(version)
        .setDigest(Story.digest(version))
        .setEnvironment("dev")
        .setRef("oci://127.0.0.1:8080/dev/%s:%s-dev".formatted(artifact, version))
        .setSize(4711)
        .setMediaType("application/vnd.oci.image.manifest.v1+json")
        .setTargets(targets("dev"))
        .setTags(List.of(version + "-dev", "latest-dev"))
        .build();
  }

  static PromotionRequested requested(String id, String version, String from, String to) {
    return PromotionRequested.newBuilder()
        .setPromotion(id)
        .setVersion(version)
        .setDigest(Story.digest(version))
        .setFrom(from)
        .setTo(to)
        .setPlan(plan(version, from, to))
        .setPlanHash("plan")
        .setManifestRevision(1)
        .setRulesHash("rules")
        .setRequestedBy(Story.ENGINEER)
        .setApprovalRequested(to.equals("prod"))
        .setReason("")
        .build();
  }

  static ValidationStarted validating(
      String artifact, String id, String version, String from, String to, int intent, Instant now) {
    return ValidationStarted.newBuilder()
        .setPromotion(id)
        .setIntent(intent)
        .setVersion(version)
        .setDigest(Story.digest(version))
        .setFrom(from)
        .setTo(to)
        .setArtifact("127.0.0.1:8080/" + from + "/" + artifact + "@" + Story.digest(version))
        .setGates(gates())
        .setFailFast(true)
        .setManifestRevision(1)
        .setActBefore(now.plusSeconds(600))
        .build();
  }

  static GateStarted gateStarted(
      String id, String version, String to, String gate, int intent, Phase phase, Instant now) {
    return GateStarted.newBuilder()
        .setPromotion(id)
        .setIntent(intent)
        .setVersion(version)
        .setDigest(Story.digest(version))
        .setFrom("dev")
        .setTo(to)
        .setPhase(phase)
        .setGate(gate)
        .setPosition(1)
        .setOf(1)
        .setAttempt(1)
        .setArtifact("127.0.0.1:8080/dev/artifact")
        .setIsolation("none")
        .setNotGuaranteed("Nothing is hidden.")
        .setGates(gates())
        .setFailFast(true)
        .setManifestRevision(1)
        .setActBefore(now.plusSeconds(600))
        .build();
  }

  static GatePassed gatePassed(String id, String version, String to, String gate, int intent) {
    return GatePassed.newBuilder()
        .setPromotion(id)
        .setIntent(intent)
        .setVersion(version)
        .setDigest(Story.digest(version))
        .setFrom("dev")
        .setTo(to)
        .setPhase(Phase.BEFORE)
        .setGate(gate)
        .setAttempt(1)
        .setExitCode(0)
        .setDurationMs(2000)
        .setOutput("all rules hold")
        .setOutputDigest("sha256:0")
        .setOutputBytes(14)
        .setReason("")
        .setMessage("passed")
        .setHint("")
        .setVerdict(null)
        .build();
  }

  static GateFailed gateFailed(
      String id, String version, String to, String gate, int intent, String output) {
    return GateFailed.newBuilder()
        .setPromotion(id)
        .setIntent(intent)
        .setVersion(version)
        .setDigest(Story.digest(version))
        .setFrom("dev")
        .setTo(to)
        .setPhase(Phase.BEFORE)
        .setGate(gate)
        .setAttempt(1)
        .setExitCode(1)
        .setDurationMs(600_000)
        .setOutput(output)
        .setOutputDigest("sha256:1")
        .setOutputBytes(output.length())
        .setReason("timeout after 600s")
        .setMessage("it said no")
        .setHint("Mend it.")
        .setVerdict(null)
        .build();
  }

  static ValidationPassed passed(String id, String version, String from, String to, int intent) {
    return ValidationPassed.newBuilder()
        .setPromotion(id)
        .setIntent(intent)
        .setVersion(version)
        .setDigest(Story.digest(version))
        .setFrom(from)
        .setTo(to)
        .setApproval(to.equals("prod") ? rules() : null)
        .setRequestedBy(Story.ENGINEER)
        .setManifestRevision(1)
        .build();
  }

  static PromotionStarted copying(String id, String version, String from, String to, Instant now) {
    return PromotionStarted.newBuilder()
        .setPromotion(id)
        .setIntent(2)
        .setVersion(version)
        .setDigest(Story.digest(version))
        .setFrom(from)
        .setTo(to)
        .setSource(target(from))
        .setTargets(targets(to))
        .setDecisions(List.of())
        .setActBefore(now.plusSeconds(300))
        .build();
  }

  static TaggingStarted tagging(String id, String version, String from, String to, Instant now) {
    return TaggingStarted.newBuilder()
        .setPromotion(id)
        .setIntent(3)
        .setVersion(version)
        .setDigest(Story.digest(version))
        .setFrom(from)
        .setTo(to)
        .setStage(TagStage.ENVIRONMENT)
        .setTargets(targets(to))
        .setTags(List.of(version + "-" + to, "latest-" + to))
        .setBytes(4711)
        .setActBefore(now.plusSeconds(300))
        .build();
  }

  static PostValidationStarted verifying(
      String artifact, String id, String version, String from, String to, Instant now) {
    return PostValidationStarted.newBuilder()
        .setPromotion(id)
        .setIntent(4)
        .setVersion(version)
        .setDigest(Story.digest(version))
        .setFrom(from)
        .setTo(to)
        .setArtifact("127.0.0.1:8080/" + to + "/" + artifact)
        .setGates(List.of(new GateRef("smoke_test", "1")))
        .setFailFast(true)
        .setManifestRevision(1)
        .setActBefore(now.plusSeconds(300))
        .build();
  }

  static TagsAssigned tagged(
      String artifact,
      @Nullable String id,
      String version,
      @Nullable String from,
      String to,
      TagStage stage) {
    return TagsAssigned.newBuilder()
        .setPromotion(id)
        .setIntent(3)
        .setStage(stage)
        .setVersion(version)
        .setDigest(Story.digest(version))
        .setFrom(from)
        .setEnvironment(to)
        .setRefs(
            List.of(
                ref(artifact, version, to),
                "oci://127.0.0.1:8080/%s/%s:latest-%s".formatted(to, artifact, to)))
        .build();
  }

  static String ref(String artifact, String version, String to) {
    return "oci://127.0.0.1:8080/%s/%s:%s-%s".formatted(to, artifact, version, to);
  }

  static RegistryTarget target(String environment) {
    return new RegistryTarget("primary", "oci://127.0.0.1:8080/" + environment);
  }

  static List<RegistryTarget> targets(String environment) {
    return List.of(target(environment));
  }

  static List<GateRef> gates() {
    return List.of(new GateRef("policy_compliance", "1"));
  }

  static ApprovalRules rules() {
    return new ApprovalRules(
        List.of(new TeamQuorum("platform-leads", 1), new TeamQuorum("security", 1)), "P7D", true);
  }

  static Plan plan(String version, String from, String to) {
    return Plan.newBuilder()
        .setSource(target(from))
        .setTargets(targets(to))
        .setGates(gates())
        .setFailFast(true)
        .setResultsValid("P1D")
        .setApproval(to.equals("prod") ? rules() : null)
        .setOnApproval(OnApproval.HOLD)
        .setTags(List.of(version + "-" + to, "latest-" + to))
        .setReleaseTag(null)
        .setPostValidation(List.of())
        .build();
  }
}
