package dev.floe.promotion.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import dev.floe.promotion.adapter.Elsewhere;
import dev.floe.promotion.adapter.Reply;
import dev.floe.promotion.adapter.Running;
import dev.floe.promotion.adapter.Told;
import dev.floe.promotion.adapter.Told.ApprovalCompleted;
import dev.floe.promotion.adapter.Told.ArtifactReplicated;
import dev.floe.promotion.adapter.Told.CopyVerdict;
import dev.floe.promotion.adapter.Told.GatePassed;
import dev.floe.promotion.adapter.Told.TagsAssigned;
import dev.floe.promotion.domain.line.Promotion;
import dev.floe.promotion.domain.message.Approval;
import dev.floe.promotion.domain.message.TagStage;
import dev.floe.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The whole course of a promotion on a real broker; the other services are told what to tell. */
class CourseTest {

  private static final String DANA = "dana@acme.com";
  private static final String VERSION = "v3.0.0";

  @Test
  @Requirement({"326.3", "326.4", "326.7", "327.3", "329.8"})
  void leads_from_dev_to_prod_by_what_the_other_services_tell() throws Exception {
    try (var running = new Running();
        var gates =
            Elsewhere.start(
                running.bus(),
                "gate-runner",
                Topics.GATE_COMMANDS,
                Topics.GATE_EVENTS,
                GatePassed.class,
                dev.floe.gate.v1.GatePassed.getClassSchema());
        var people =
            Elsewhere.start(
                running.bus(),
                "approval-service",
                Topics.APPROVAL_COMMANDS,
                Topics.APPROVAL_EVENTS,
                ApprovalCompleted.class,
                dev.floe.approval.v1.ApprovalCompleted.getClassSchema());
        var registries =
            Elsewhere.start(
                running.bus(),
                "registry-sync",
                Topics.REGISTRY_COMMANDS,
                Topics.REGISTRY_EVENTS,
                Told.OfRegistries.class,
                dev.floe.registry.v1.ArtifactReplicated.getClassSchema(),
                dev.floe.registry.v1.TagsAssigned.getClassSchema())) {
      assertThat(running.put("/api/v1/manifest", Running.OWNER, running.manifest()).status())
          .isEqualTo(200);
      String digest = published(running);
      String staging = promoted(running, "staging", false);
      gates.tells(Running.ARTIFACT, GatePassed.last(staging, 1, VERSION, digest));
      awaits(running, staging, Promotion.Copying.class);
      registries.tells(Running.ARTIFACT, copied(staging, digest, "dev", "staging"));
      awaits(running, staging, Promotion.Tagging.class);
      registries.tells(
          Running.ARTIFACT, tagged(staging, 3, TagStage.ENVIRONMENT, digest, "staging"));
      awaitLive(running, "staging");

      String prod = promoted(running, "prod", true);
      gates.tells(Running.ARTIFACT, GatePassed.last(prod, 1, VERSION, digest));
      awaits(running, prod, Promotion.AwaitingApproval.class);
      people.tells(Running.ARTIFACT, approved(prod, digest));
      awaits(running, prod, Promotion.Approved.class);
      assertThat(promoted(running, "prod", false)).isEqualTo(prod);
      awaits(running, prod, Promotion.Copying.class);
      registries.tells(Running.ARTIFACT, copied(prod, digest, "staging", "prod"));
      awaits(running, prod, Promotion.Tagging.class);
      registries.tells(Running.ARTIFACT, tagged(prod, 3, TagStage.ENVIRONMENT, digest, "prod"));
      registries.tells(Running.ARTIFACT, tagged(prod, 4, TagStage.RELEASE, digest, "prod"));
      awaitLive(running, "prod");

      Reply again =
          running.post(
              "/api/v1/promotions",
              DANA,
              "{\"version\":\"%s\",\"to\":\"prod\"}".formatted(VERSION));
      assertThat(again.status()).isEqualTo(200);
      assertThat(again.text("note")).isEqualTo("v3.0.0 is already live in prod.");
      assertThat(again.text("id")).isEqualTo(prod);
    }
  }

  private static String published(Running running) throws Exception {
    Digest digest = running.pushed(VERSION + "-dev");
    Reply reply =
        running.post(
            "/api/v1/artifacts/floe-platform/versions",
            DANA,
            "{\"version\":\"%s\"}".formatted(VERSION));
    assertThat(reply.status()).isEqualTo(202);
    return digest.toString();
  }

  private static String promoted(Running running, String to, boolean approval) throws Exception {
    Reply reply =
        running.post(
            "/api/v1/promotions",
            DANA,
            "{\"version\":\"%s\",\"to\":\"%s\",\"requestApproval\":%b}"
                .formatted(VERSION, to, approval));
    assertThat(reply.status()).as("promote to %s", to).isEqualTo(202);
    return reply.text("id");
  }

  private static void awaits(Running running, String id, Class<? extends Promotion> state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(running.service().lines().of(Running.ARTIFACT).open().get(id))
                    .containsInstanceOf(state));
  }

  private static void awaitLive(Running running, String environment) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                running
                    .service()
                    .lines()
                    .of(Running.ARTIFACT)
                    .slot(environment)
                    .isSoundlyLive(Version.parse(VERSION)));
  }

  private static ArtifactReplicated copied(String id, String digest, String from, String to) {
    return new ArtifactReplicated(
        id, 2, VERSION, digest, from, to, "primary", "ref", 77, new CopyVerdict(true, "", ""));
  }

  private static TagsAssigned tagged(
      String id, int intent, TagStage stage, String digest, String environment) {
    return new TagsAssigned(id, intent, stage, VERSION, digest, null, environment, List.of());
  }

  private static ApprovalCompleted approved(String id, String digest) {
    Instant now = Instant.now();
    return new ApprovalCompleted(
        id,
        VERSION,
        digest,
        "staging",
        "prod",
        List.of(new Approval("platform-leads", "ada@acme.com", now, "cli")),
        now.plus(Duration.ofDays(7)));
  }
}
