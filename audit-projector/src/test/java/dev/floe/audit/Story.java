package dev.floe.audit;

import dev.floe.approval.v1.ApprovalCompleted;
import dev.floe.approval.v1.ApprovalDenied;
import dev.floe.approval.v1.ApprovalGranted;
import dev.floe.approval.v1.ApprovalRequested;
import dev.floe.config.v1.ManifestApplied;
import dev.floe.kernel.Actor;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ManifestParser;
import dev.floe.manifest.SampleManifest;
import dev.floe.promotion.v1.Approval;
import dev.floe.promotion.v1.GateEnd;
import dev.floe.promotion.v1.GateOutcome;
import dev.floe.promotion.v1.Phase;
import dev.floe.promotion.v1.PostValidationFailed;
import dev.floe.promotion.v1.PromotionApproved;
import dev.floe.promotion.v1.PromotionFailed;
import dev.floe.promotion.v1.PromotionRefused;
import dev.floe.promotion.v1.PromotionSucceeded;
import dev.floe.promotion.v1.Reason;
import dev.floe.promotion.v1.TagStage;
import dev.floe.promotion.v1.ValidationFailed;
import dev.floe.registry.v1.ArtifactReplicated;
import dev.floe.registry.v1.ReplicationFailed;
import dev.floe.registry.v1.ReplicationStarted;
import dev.floe.schemas.Topic;
import dev.floe.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Tells what may happen to an artifact, one event a second, as the services would record it. */
public final class Story {

  public static final Instant BEGIN = Instant.parse("2026-01-15T10:30:00Z");
  public static final Manifest MANIFEST =
      ManifestParser.parse(
              SampleManifest.yaml(8080)
                  .replace("artifact: floe-platform", "artifact: [floe-platform, watched, tailed]"),
              "manifest.yaml")
          .orThrow();
  public static final String ENGINEER = "engineer@acme.com";

  private static final Actor SERVICE = Actor.system("promotion-service");

  private final String artifact;
  private final List<Said> told = new ArrayList<>();
  private Instant now = BEGIN;
  private int promotions;

  public Story(String artifact) {
    this.artifact = artifact;
  }

  public List<Said> told() {
    return List.copyOf(told);
  }

  /** When the last event happened. */
  public Instant now() {
    return now;
  }

  public Story pause(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  public static String digest(String version) {
    return Digest.sha256(version).toString();
  }

  public Story manifest(int revision) {
    say(
        Topics.CONFIG_EVENTS,
        Topics.MANIFEST_KEY,
        Actor.user("ada@acme.com"),
        new ManifestApplied(revision, "0".repeat(64), MANIFEST.canonicalJson()));
    return this;
  }

  public Story published(String version) {
    say(Topics.PROMOTION_EVENTS, Actor.user(ENGINEER), Bodies.published(artifact, version));
    tagged(null, version, null, "dev", TagStage.ENVIRONMENT);
    return this;
  }

  /** A promotion that goes all the way; people are asked on the way to prod. */
  public String promoted(String version, String from, String to) {
    String id = requested(version, from, to);
    passed(id, version, from, to, 1);
    if (to.equals("prod")) {
      asked(id, version, from, to);
      granted(id, version, from, to, "platform-leads", "ada@acme.com");
      granted(id, version, from, to, "security", "cleo@acme.com");
      approved(id, version, from, to);
    }
    copied(id, version, from, to);
    succeeded(id, version, from, to);
    return id;
  }

  public String requested(String version, String from, String to) {
    promotions++;
    String id = "req-%s-%d".formatted(artifact, promotions);
    say(Topics.PROMOTION_EVENTS, Actor.user(ENGINEER), Bodies.requested(id, version, from, to));
    return id;
  }

  public String refused(String version, String to, String code) {
    promotions++;
    String id = "req-%s-%d".formatted(artifact, promotions);
    var reason = new Reason(code, "Not so.", "owner", "Do otherwise.", null);
    say(
        Topics.PROMOTION_EVENTS,
        Actor.user(ENGINEER),
        new PromotionRefused(id, version, null, null, to, List.of(reason)));
    return id;
  }

  public void validating(String id, String version, String from, String to, int intent) {
    say(
        Topics.PROMOTION_EVENTS,
        SERVICE,
        Bodies.validating(artifact, id, version, from, to, intent, now));
  }

  public void gateStarted(String id, String version, String to, String gate, int intent) {
    gateStarted(id, version, to, gate, intent, Phase.BEFORE);
  }

  private void gateStarted(
      String id, String version, String to, String gate, int intent, Phase phase) {
    say(
        Topics.GATE_EVENTS,
        Actor.system("gate-runner"),
        Bodies.gateStarted(id, version, to, gate, intent, phase, now));
  }

  public void gatePassed(String id, String version, String to, String gate, int intent) {
    say(
        Topics.GATE_EVENTS,
        Actor.system("gate-runner"),
        Bodies.gatePassed(id, version, to, gate, intent));
  }

  public void gateFailed(
      String id, String version, String to, String gate, int intent, String output) {
    say(
        Topics.GATE_EVENTS,
        Actor.system("gate-runner"),
        Bodies.gateFailed(id, version, to, gate, intent, output));
  }

  public void passed(String id, String version, String from, String to, int intent) {
    validating(id, version, from, to, intent);
    gateStarted(id, version, to, "policy_compliance", intent);
    gatePassed(id, version, to, "policy_compliance", intent);
    say(Topics.PROMOTION_EVENTS, SERVICE, Bodies.passed(id, version, from, to, intent));
  }

  public String failedAtGate(String version, String from, String to, String output) {
    String id = requested(version, from, to);
    validating(id, version, from, to, 1);
    gateStarted(id, version, to, "policy_compliance", 1);
    gateFailed(id, version, to, "policy_compliance", 1, output);
    say(
        Topics.PROMOTION_EVENTS,
        SERVICE,
        new ValidationFailed(
            id,
            1,
            version,
            digest(version),
            from,
            to,
            List.of(new GateOutcome("policy_compliance", GateEnd.FAILED, ""))));
    return id;
  }

  public void asked(String id, String version, String from, String to) {
    say(
        Topics.APPROVAL_EVENTS,
        Actor.system("approval-service"),
        new ApprovalRequested(
            id,
            version,
            digest(version),
            from,
            to,
            Bodies.rules().getTeams(),
            true,
            ENGINEER,
            now.plus(Duration.ofDays(7)),
            1));
  }

  public void granted(
      String id, String version, String from, String to, String team, String person) {
    say(
        Topics.APPROVAL_EVENTS,
        Actor.user(person),
        new ApprovalGranted(
            id, version, digest(version), from, to, team, person, "cli", "looks good"));
  }

  public void approved(String id, String version, String from, String to) {
    List<Approval> decisions =
        List.of(
            new Approval("platform-leads", "ada@acme.com", now, "cli"),
            new Approval("security", "cleo@acme.com", now, "cli"));
    Instant expires = now.plus(Duration.ofDays(7));
    say(
        Topics.APPROVAL_EVENTS,
        Actor.user("cleo@acme.com"),
        new ApprovalCompleted(id, version, digest(version), from, to, decisions, expires));
    say(
        Topics.PROMOTION_EVENTS,
        Actor.user("cleo@acme.com"),
        new PromotionApproved(id, version, digest(version), from, to, decisions, expires));
  }

  public void denied(String id, String version, String from, String to, String person) {
    say(
        Topics.APPROVAL_EVENTS,
        Actor.user(person),
        new ApprovalDenied(
            id, version, digest(version), from, to, "security", person, "http", "too early"));
    ended(id, version, from, to, "approval-denied", "It was denied.");
  }

  public void copied(String id, String version, String from, String to) {
    say(Topics.PROMOTION_EVENTS, Actor.user(ENGINEER), Bodies.copying(id, version, from, to, now));
    say(
        Topics.REGISTRY_EVENTS,
        Actor.system("registry-sync"),
        new ReplicationStarted(
            id,
            2,
            version,
            digest(version),
            from,
            to,
            Bodies.target(from),
            Bodies.targets(to),
            1,
            now.plusSeconds(300),
            null));
    say(
        Topics.REGISTRY_EVENTS,
        Actor.system("registry-sync"),
        new ArtifactReplicated(
            id,
            2,
            version,
            digest(version),
            from,
            to,
            "primary",
            Bodies.ref(artifact, version, to),
            4711L,
            null));
  }

  /** The second registry of the environment does not take it. */
  public void secondaryFailed(String id, String version, String from, String to) {
    say(
        Topics.REGISTRY_EVENTS,
        Actor.system("registry-sync"),
        new ReplicationFailed(
            id,
            2,
            version,
            digest(version),
            from,
            to,
            "primary",
            Bodies.ref(artifact, version, to),
            "registry-unreachable",
            "no answer",
            null));
  }

  public void tagging(String id, String version, String from, String to) {
    say(Topics.PROMOTION_EVENTS, SERVICE, Bodies.tagging(id, version, from, to, now));
    tagged(id, version, from, to, TagStage.ENVIRONMENT);
  }

  public void succeeded(String id, String version, String from, String to) {
    tagging(id, version, from, to);
    say(
        Topics.PROMOTION_EVENTS,
        SERVICE,
        new PromotionSucceeded(
            id,
            version,
            digest(version),
            from,
            to,
            List.of(Bodies.ref(artifact, version, to)),
            4711L));
  }

  /** Live, and then its gates after the tags say no. */
  public String failedAfterwards(String version, String from, String to) {
    String id = requested(version, from, to);
    passed(id, version, from, to, 1);
    copied(id, version, from, to);
    tagging(id, version, from, to);
    say(Topics.PROMOTION_EVENTS, SERVICE, Bodies.verifying(artifact, id, version, from, to, now));
    gateStarted(id, version, to, "smoke_test", 4, Phase.AFTER);
    say(
        Topics.PROMOTION_EVENTS,
        SERVICE,
        new PostValidationFailed(
            id,
            4,
            version,
            digest(version),
            from,
            to,
            List.of(new GateOutcome("smoke_test", GateEnd.FAILED, ""))));
    ended(id, version, from, to, "post-validation-failed", "smoke_test failed.");
    return id;
  }

  public void ended(
      String id, String version, String from, String to, String cause, String message) {
    say(
        Topics.PROMOTION_EVENTS,
        SERVICE,
        new PromotionFailed(id, version, digest(version), from, to, cause, message, ""));
  }

  private void tagged(
      @Nullable String id, String version, @Nullable String from, String to, TagStage stage) {
    say(
        Topics.REGISTRY_EVENTS,
        Actor.system("registry-sync"),
        Bodies.tagged(artifact, id, version, from, to, stage));
  }

  private void say(Topic topic, Actor by, IndexedRecord body) {
    say(topic, artifact, by, body);
  }

  private void say(Topic topic, String key, Actor by, IndexedRecord body) {
    now = now.plusSeconds(1);
    told.add(new Said(topic, key, "%s-%d".formatted(artifact, told.size() + 1), now, by, body));
  }
}
