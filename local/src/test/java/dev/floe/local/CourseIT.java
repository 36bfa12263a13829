package dev.floe.local;

import static dev.floe.local.Course.BEN;
import static dev.floe.local.Course.DANA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.oci.json.Json;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The main job, all the way and with everything that may go wrong on it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CourseIT {

  private Whole whole;

  @BeforeAll
  void start() {
    whole = Whole.running();
    whole.apply(Manifests.COURSE);
  }

  @Test
  @Requirement({"326.7", "327.1", "327.2", "327.3", "328.8", "330.1", "330.9"})
  void brings_one_digest_from_dev_to_prod_and_tells_the_whole_story() {
    Course course = whole.course("floe-platform", "v1.2.3");

    String digest = course.publish();
    String toStaging = course.reach("staging");
    String toProd = course.reachWithApproval("prod");

    assertTags("dev", digest, "latest-dev", "v1.2.3-dev");
    assertTags("staging", digest, "latest-staging", "v1.2.3-staging");
    assertTags("prod", digest, "latest-prod", "v1.2.3", "v1.2.3-prod");
    assertStatus(digest);
    assertThat(course.events(toStaging))
        .contains(
            "promotion_requested",
            "validation_started",
            "gate_started",
            "gate_passed",
            "validation_passed",
            "promotion_started",
            "artifact_replicated",
            "tagging_started",
            "tags_assigned",
            "promotion_succeeded")
        .doesNotContain("approval_requested", "promotion_failed");
    assertThat(course.events(toProd))
        .contains(
            "approval_requested",
            "approval_granted",
            "approval_completed",
            "promotion_approved",
            "promotion_succeeded")
        .containsOnlyOnce("promotion_requested", "promotion_started", "promotion_succeeded");
    assertThat(course.trail("artifact=floe-platform"))
        .allSatisfy(entry -> assertThat(entry.text("user").orElse("")).isNotBlank());
    assertThat(users(course, toProd)).contains(DANA, Course.ADA, Course.CLEO);
  }

  private static Set<String> users(Course course, String id) {
    return course.trail("request=" + id).stream()
        .map(entry -> entry.text("user").orElse(""))
        .collect(Collectors.toSet());
  }

  private void assertTags(String environment, String digest, String... tags) {
    RegistryView registry = whole.registry();
    String repository = environment + "/floe-platform";
    org.awaitility.Awaitility.await()
        .atMost(Course.PATIENCE)
        .untilAsserted(() -> assertThat(registry.tags(repository)).containsExactly(tags));
    for (String tag : tags) {
      assertThat(registry.digest(repository, tag)).as(tag).contains(digest);
    }
  }

  private void assertStatus(String digest) {
    Reply status = whole.door().as(DANA).get("/api/v1/status?artifact=floe-platform");
    assertThat(status.texts("environments", "environment"))
        .containsExactly("dev", "staging", "prod");
    assertThat(status.texts("environments", "health")).containsOnly("healthy");
    assertThat(status.body().elements("environments"))
        .extracting(each -> each.member("current").flatMap(now -> now.text("digest")).orElse(""))
        .containsOnly(digest);
  }

  @Test
  @Requirement({"329.2", "329.6"})
  void refuses_an_approval_by_the_requester_and_records_the_attempt() {
    Course course = whole.course("self", "v1.0.0");
    course.publish();
    course.reach("staging");
    Reply asked = course.promote(BEN, "prod", ",\"requestApproval\":true");
    String id = asked.text("id");
    course.await(id, "awaiting_approval");
    course.awaitApproval(id);

    Reply refused = course.decide(BEN, id, "approve");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("separation-of-duties");
    assertThat(refused.exitCode()).isEqualTo(14);
    assertThat(course.decide(Course.ADA, id, "approve").status()).isEqualTo(202);
    assertThat(course.decide(DANA, id, "approve").exitCode()).isEqualTo(12);
    course.await(id, "awaiting_approval");
    org.awaitility.Awaitility.await()
        .atMost(Course.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(course.trail("request=%s&event=approval_attempt_refused".formatted(id)))
                    .extracting(entry -> entry.text("user").orElse(""))
                    .containsExactly(BEN, DANA));
    assertThat(course.decide(Course.CLEO, id, "deny").status()).isEqualTo(202);
    course.await(id, "denied");
    Reply late = course.decide(Course.ADA, id, "approve");
    assertThat(late.code()).isEqualTo("approval-denied");
    assertThat(late.exitCode()).isEqualTo(16);
    assertThat(late.text("detail")).contains("denied at").contains("cleo@acme.com (security)");
    assertThat(course.decide(BEN, id, "approve").exitCode()).isEqualTo(14);
    assertThat(course.decide(DANA, id, "deny").exitCode()).isEqualTo(12);
    assertThat(whole.registry().tags("prod/self")).isEmpty();
  }

  @Test
  @Requirement({"326.4", "329.8"})
  void asks_for_an_approval_before_any_gate_runs() {
    Course course = whole.course("unasked", "v1.0.0");
    course.publish();
    course.reach("staging");

    Reply refused = course.promote("prod");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("approval-needed");
    assertThat(refused.exitCode()).isEqualTo(15);
    assertThat(refused.text("hint")).contains("--request-approval");
    String id = refused.text("promotion");
    course.await(id, "refused");
    assertThat(course.events(id)).containsExactly("promotion_refused");
  }

  @Test
  @Requirement({"328.2", "328.5", "326.3"})
  void blocks_at_a_gate_that_fails_and_leaves_nothing_in_the_target() {
    Course course = whole.course("gated", "v1.0.0-fails");
    course.publish();
    String id = course.promote("staging").text("id");

    Reply failed = course.await(id, "failed");

    assertThat(failed.texts("blockedBy", "code")).containsExactly("gate-failed");
    assertThat(dev.floe.manifest.ProblemCode.of("gate-failed").orElseThrow().exitCode())
        .isEqualTo(8);
    Json gate = gate(failed, "behaviour");
    assertThat(gate.text("outcome")).contains("failed");
    assertThat(gate.whole("exitCode")).hasValue(3);
    assertThat(gate.text("output").orElse("")).contains("broken on purpose");
    assertThat(gate(failed, "later").text("outcome")).contains("skipped");
    assertThat(whole.registry().tags("staging/gated")).isEmpty();
    assertThat(course.events(id)).contains("gate_failed", "gate_skipped", "validation_failed");

    Course fixed = whole.course("gated", "v1.0.0");
    String digest = fixed.publish();
    fixed.reach("staging");
    assertThat(whole.registry().digest("staging/gated", "v1.0.0-staging")).contains(digest);
  }

  private static Json gate(Reply promotion, String name) {
    return promotion.body().elements("gates").stream()
        .filter(gate -> gate.text("name").orElse("").equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Requirement("328.3")
  void ends_a_gate_that_hangs_and_frees_the_slot() {
    Course course = whole.course("hanging", "v1.0.0-hangs");
    course.publish();
    String id = course.promote("staging").text("id");

    Reply failed = course.await(id, "failed");

    assertThat(gate(failed, "patience").text("message").orElse("")).contains("within 2s");
    assertThat(failed.texts("blockedBy", "code")).containsAnyOf("gate-failed", "gate-errored");
    assertThat(whole.registry().tags("staging/hanging")).isEmpty();
    Course next = whole.course("hanging", "v1.0.0");
    next.publish();
    next.reach("staging");
  }

  @Test
  void a_cancelled_promotion_ends_its_gate_with_all_it_started_and_says_so() {
    Course course = whole.course("cancelled", "v1.0.0-stubborn");
    course.publish();
    String id = course.promote("staging").text("id");
    org.awaitility.Awaitility.await().atMost(Course.PATIENCE).until(() -> processes("781235") == 3);

    Reply cancelled = course.cancel(id);

    assertThat(cancelled.status()).as(cancelled.toString()).isIn(200, 202);
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> processes("781235") == 0);
    org.awaitility.Awaitility.await()
        .atMost(Course.PATIENCE)
        .untilAsserted(() -> assertThat(course.events(id)).contains("gate_errored"));
    Reply over = course.await(id, "cancelled");
    assertThat(gate(over, "stubborn").text("reason")).contains("cancelled");
    assertThat(gate(over, "stubborn").text("message").orElse("")).contains(DANA);
    assertThat(gate(over, "later").text("outcome")).contains("skipped");
    whole.course("cancelled", "v1.0.1").publish();
    whole.course("cancelled", "v1.0.1").reach("staging");
  }

  /** How many sleep that long; a test's gates alone do. */
  private static long processes(String seconds) {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().arguments().stream().flatMap(Stream::of).anyMatch(seconds::equals))
        .count();
  }

  @Test
  @Requirement({"328.3", "335.5"})
  void ends_a_gate_that_leaves_a_child_floods_and_tells_its_secret() {
    Course course = whole.course("hostile", "v1.0.0-hostile");
    course.publish();
    String id = course.promote("staging").text("id");

    Reply failed = course.await(id, "failed");

    Json gate = gate(failed, "manners");
    assertThat(gate.whole("exitCode")).hasValue(7);
    assertThat(gate.text("output").orElse(""))
        .endsWith("key is [redacted]")
        .hasSizeLessThan(10_000);
    assertThat(course.trail("request=" + id).toString()).doesNotContain("hunter2");
    assertThat(failed.body().toString()).doesNotContain("hunter2");
    assertThat(ProcessHandle.allProcesses().map(each -> each.info().commandLine().orElse("")))
        .noneMatch(command -> command.contains("sleep 781234"));
  }
}
