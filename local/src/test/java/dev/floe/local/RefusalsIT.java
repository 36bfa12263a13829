package dev.floe.local;

import static dev.floe.local.Course.DANA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.embedded.folder.CannotStartException;
import dev.floe.embedded.folder.LoopbackPort;
import dev.floe.kernel.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is refused, by which code, and that it leaves nothing half done. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsIT {

  private Whole whole;

  @BeforeAll
  void start() {
    whole = Whole.running();
    whole.apply(Manifests.COURSE);
  }

  @Test
  @Requirement("326.2")
  void a_skipped_environment_is_named() {
    Course course = whole.course("skipping", "v1.0.0");
    course.publish();

    Reply refused = course.promote(DANA, "prod", ",\"requestApproval\":true");

    assertProblem(refused, 409, "skipped-environment", 9);
    assertThat(refused.text("detail")).contains("missing step is staging");
    assertThat(refused.text("hint")).contains("promote v1.0.0 staging");
    String id = refused.text("promotion");
    course.await(id, "refused");
    assertThat(course.events(id)).containsExactly("promotion_refused");
    assertThat(whole.registry().tags("prod/skipping")).isEmpty();
  }

  @Test
  @Requirement("326.2")
  void the_first_environment_and_a_step_back_are_no_promotions() {
    Course course = whole.course("skipping", "v1.1.0");
    course.publish();

    assertProblem(course.promote("dev"), 409, "first-environment", 9);
    assertProblem(course.promote(DANA, "staging", ",\"from\":\"prod\""), 409, "backwards", 9);
  }

  @Test
  void two_promotions_into_one_slot_are_one_and_a_refusal_that_names_it() {
    Course one = whole.course("racing", "v1.0.0-slow");
    Course other = whole.course("racing", "v1.1.0-slow");
    one.publish();
    other.publish();

    var first = CompletableFuture.supplyAsync(() -> one.promote("staging"));
    var second = CompletableFuture.supplyAsync(() -> other.promote("staging"));
    List<Reply> both = List.of(first.join(), second.join());

    assertThat(both).extracting(Reply::status).containsExactlyInAnyOrder(202, 409);
    Reply winner = both.stream().filter(reply -> reply.status() == 202).findFirst().orElseThrow();
    Reply loser = both.stream().filter(reply -> reply.status() == 409).findFirst().orElseThrow();
    assertProblem(loser, 409, "slot-busy", 17);
    assertThat(loser.text("detail")).contains(winner.text("id"));
    one.await(winner.text("id"), "succeeded");
    one.await(loser.text("promotion"), "refused");
    assertThat(whole.registry().tags("staging/racing"))
        .containsExactly("latest-staging", winner.text("version") + "-staging");
  }

  @Test
  @Requirement("333.2")
  void versions_that_are_none_are_refused_at_every_door() {
    Course course = whole.course("unknown", "1.2");

    assertProblem(course.store("x"), 400, "invalid-version", 2);
    assertProblem(course.register("sha256:" + "0".repeat(64)), 400, "invalid-version", 2);
    assertThat(course.promote("staging").exitCode()).isEqualTo(2);
    Course endsInEnvironment = whole.course("unknown", "v1.0.0-staging-dev");
    assertThat(endsInEnvironment.promote("staging").exitCode()).isEqualTo(2);
  }

  @Test
  void what_does_not_exist_is_not_found() {
    Course course = whole.course("unknown", "v1.0.0");
    course.publish();

    assertProblem(course.promote("quality"), 404, "unknown-environment", 3);
    assertProblem(whole.course("unknown", "v9.9.9").promote("staging"), 404, "unknown-version", 3);
    assertProblem(whole.course("nothing", "v1.0.0").promote("staging"), 404, "unknown-artifact", 3);
    assertProblem(course.decide(Course.ADA, "req-none", "approve"), 404, "unknown-approval", 3);
    assertProblem(course.promotion("req-none"), 404, "unknown-promotion", 3);
    Reply missing = whole.door().as(DANA).post(course.versions(), "{\"version\":\"v8.0.0\"}");
    assertProblem(missing, 404, "tag-missing", 3);
  }

  @Test
  @Requirement("327.6")
  void a_published_version_never_stands_for_another_digest() {
    Course course = whole.course("twice", "v1.0.0");
    String digest = course.publish();
    assertThat(course.register(digest).status()).isEqualTo(200);

    Reply stored = course.store("something else");
    Reply refused = stored.status() == 201 ? course.register(stored.text("digest")) : stored;

    assertProblem(refused, 409, "immutable-tag", 4);
    org.awaitility.Awaitility.await()
        .atMost(Course.PATIENCE)
        .untilAsserted(
            () -> assertThat(whole.registry().digest("dev/twice", "v1.0.0-dev")).contains(digest));
  }

  @Test
  void nobody_is_nobody_and_a_strange_token_too() {
    String body = "{\"artifact\":\"twice\",\"version\":\"v1.0.0\",\"to\":\"staging\"}";

    for (Person stranger :
        List.of(whole.door().nobody(), whole.door().with("Bearer abc.def.ghi"))) {
      Reply refused = stranger.post("/api/v1/promotions", body);
      assertProblem(refused, 401, "not-authenticated", 12);
      assertThat(refused.header("WWW-Authenticate")).isPresent();
    }
  }

  @Test
  @Requirement("326.5")
  void a_manifest_may_be_changed_by_the_owner_alone_and_never_to_a_bad_one() {
    byte[] bad =
        Manifests.COURSE
            .replace("path:", "paht:")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);

    Reply refused = whole.door().as(Whole.OWNER).put("/api/v1/manifest", bad, "application/yaml");

    assertProblem(refused, 422, "invalid-manifest", 2);
    Reply stranger = whole.door().as(DANA).put("/api/v1/manifest", bad, "application/yaml");
    assertThat(stranger.exitCode()).isIn(2L, 12L);
    assertThat(whole.door().as(DANA).get("/api/v1/manifest").body().toString()).contains("staging");
  }

  @Test
  void a_registry_that_is_down_fails_the_promotion_and_frees_the_slot() {
    Course course = whole.course("unreachable", "v1.0.0");
    String digest = course.publish();
    whole.apply(Manifests.withStagingAt("127.0.0.1:%d/staging".formatted(LoopbackPort.free())));
    try {
      String id = course.promote("staging").text("id");

      Reply failed = course.await(id, "failed");

      assertThat(failed.texts("blockedBy", "code")).containsExactly("registry-unreachable");
      assertThat(failed.texts("registries", "state")).containsExactly("failed");
      assertThat(course.events(id)).contains("replication_failed", "promotion_failed");
    } finally {
      whole.apply(Manifests.COURSE);
    }
    course.reach("staging");
    assertThat(whole.registry().digest("staging/unreachable", "v1.0.0-staging")).contains(digest);
    assertNothingCanBeDecidedAbout(course, course.reachWithApproval("prod"));
  }

  /** What is approved is over for everybody, and strangers do not even learn that. */
  private static void assertNothingCanBeDecidedAbout(Course course, String approved) {
    Reply late = course.decide("ben@acme.com", approved, "deny");
    assertProblem(late, 409, "approval-complete", 16);
    assertThat(late.text("detail")).contains("ada@acme.com (platform-leads)");
    Reply own = course.decide(DANA, approved, "approve");
    assertProblem(own, 403, "separation-of-duties", 14);
    Reply stranger = course.decide("stranger@example.org", approved, "approve");
    assertProblem(stranger, 403, "not-authorised", 12);
    Reply repeated = course.decide(Course.ADA, approved, "approve");
    assertThat(repeated.status()).isEqualTo(200);
    assertThat(repeated.text("state")).isEqualTo("approved");
    org.awaitility.Awaitility.await()
        .atMost(Course.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        course.trail(
                            "request=%s&event=approval_attempt_refused".formatted(approved)))
                    .extracting(entry -> entry.text("user").orElse(""))
                    .containsExactlyInAnyOrder("ben@acme.com", DANA, "stranger@example.org"));
  }

  @Test
  void a_second_system_is_told_who_has_the_folder_and_the_port(@TempDir Path empty) {
    String pid = Long.toString(ProcessHandle.current().pid());

    var sameFolder = new FloeSystem.Settings(whole.data(), LoopbackPort.free(), null, Whole.OWNER);
    assertThatThrownBy(() -> FloeSystem.start(sameFolder))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining(whole.data().toString())
        .hasMessageContaining(pid);
    var samePort = new FloeSystem.Settings(empty, whole.port(), null, Whole.OWNER);
    assertThatThrownBy(() -> FloeSystem.start(samePort))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining(Integer.toString(whole.port()))
        .hasMessageContaining(pid);
    Reply ready = whole.door().nobody().get("/health/readiness");
    assertThat(ready.status()).isEqualTo(200);
    // What does nothing yet is no part that could be ready.
    assertThat(ready.body().toString()).contains("audit-projector").doesNotContain("notifier");
  }

  private static void assertProblem(Reply reply, int status, String code, int exitCode) {
    assertThat(reply.code()).as(reply.body().toString()).isEqualTo(code);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.exitCode()).isEqualTo(exitCode);
    assertThat(reply.text("detail")).isNotBlank();
  }
}
