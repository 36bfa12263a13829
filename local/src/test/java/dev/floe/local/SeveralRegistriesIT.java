package dev.floe.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.floe.kernel.Requirement;
import dev.floe.oci.json.Json;
import dev.floe.oci.testing.DockerRegistry;
import dev.floe.oci.testing.Faults;
import dev.floe.oci.testing.FaultyProxy;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Environments with a registry beside the primary, and registries that somebody meddles with. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralRegistriesIT {

  private Whole whole;
  private DockerRegistry main;
  private DockerRegistry spare;
  private FaultyProxy beforeSpare;

  @BeforeAll
  void start(@TempDir Path folder) {
    assumeThat(DockerRegistry.isInstalled()).as("docker-registry is installed").isTrue();
    main = DockerRegistry.start(folder.resolve("main"));
    spare = DockerRegistry.start(folder.resolve("spare"));
    beforeSpare = FaultyProxy.before(spare.host());
    whole = Whole.running();
    applyBoth();
  }

  private void applyBoth() {
    whole.apply(Manifests.withStagingIn(main.host() + "/floe", beforeSpare.host() + "/floe"));
  }

  @AfterAll
  void stop() {
    if (beforeSpare != null) {
      whole.apply(Manifests.COURSE);
      beforeSpare.close();
      main.close();
      spare.close();
    }
  }

  @Test
  @Requirement({"337.1", "337.4"})
  void both_get_the_artifact_and_its_tags() {
    Course course = whole.course("doubled", "v1.0.0");
    String digest = course.publish();

    course.reach("staging");

    for (DockerRegistry registry : List.of(main, spare)) {
      var view = new RegistryView(registry.host());
      assertThat(view.digest("floe/doubled", "v1.0.0-staging")).contains(digest);
      assertThat(view.digest("floe/doubled", "latest-staging")).contains(digest);
    }
    assertThat(staging("doubled").text("health")).contains("healthy");
  }

  @Test
  @Requirement("337.1")
  void one_alone_can_be_named() {
    Course course = whole.course("single", "v1.0.0");
    String digest = course.publish();
    String id = course.promote(Course.DANA, "staging", ",\"registries\":[\"primary\"]").text("id");

    course.await(id, "succeeded");

    assertThat(new RegistryView(main.host()).digest("floe/single", "v1.0.0-staging"))
        .contains(digest);
    assertThat(new RegistryView(spare.host()).tags("floe/single")).isEmpty();
    awaitHealth("single", "healthy");
    assertThat(staging("single").elements("registries"))
        .extracting(registry -> registry.text("state").orElse(""))
        .containsExactly("copied", "not-requested");
  }

  @Test
  @Requirement("337.4")
  void the_one_that_is_down_does_not_undo_the_primary_and_catches_up() {
    Course course = whole.course("lagging", "v1.0.0");
    String digest = course.publish();
    beforeSpare.with(Faults.status(503));
    String id;
    try {
      id = course.promote("staging").text("id");
      Reply done = course.await(id, "succeeded");
      assertThat(done.texts("registries", "state")).containsExactly("copied", "failed");
      awaitHealth("lagging", "warning");
      assertThat(staging("lagging").toString()).contains("Registry secondary lacks v1.0.0");
    } finally {
      beforeSpare.behave();
    }

    awaitHealth("lagging", "healthy");

    var view = new RegistryView(spare.host());
    assertThat(view.tags("floe/lagging")).containsExactly("latest-staging", "v1.0.0-staging");
    assertThat(view.digest("floe/lagging", "latest-staging")).contains(digest);
    assertThat(course.promotion(id).texts("registries", "state"))
        .containsExactly("copied", "copied");
    assertThat(course.events(id)).contains("registry_fell_behind", "registry_caught_up");
  }

  @Test
  @Requirement({"327.4", "337.4"})
  void the_one_that_leaves_the_manifest_is_given_up_until_it_is_back() {
    Course old = whole.course("leaving", "v1.0.0");
    String before = old.publish();
    old.reach("staging");
    Course course = whole.course("leaving", "v1.1.0");
    String digest = course.publish();
    var view = new RegistryView(spare.host());
    view.retag("floe/leaving", before, "v9.9.9-staging");
    Awaitility.await("a look that no tagging disturbs")
        .atMost(Course.PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(kinds(check("leaving"))).containsExactly("foreign");
              assertThat(staging("leaving").text("health")).contains("failed");
            });
    beforeSpare.with(Faults.status(503));
    String id;
    try {
      id = course.reach("staging");
      Awaitility.await()
          .atMost(Course.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(staging("leaving").toString())
                      .contains("v9.9.9-staging", "Registry secondary lacks v1.1.0"));

      whole.apply(Manifests.withStagingAt(main.host() + "/floe"));

      awaitHealth("leaving", "healthy");
      assertThat(course.events(id)).contains("catch_up_abandoned");
      assertThat(course.promotion(id).toString()).contains("as a registry of staging");
    } finally {
      applyBoth();
      beforeSpare.behave();
    }
    assertThat(view.digest("floe/leaving", "v1.1.0-staging")).isEmpty();

    repair(course);

    Awaitility.await()
        .atMost(Course.PATIENCE)
        .untilAsserted(
            () -> assertThat(view.digest("floe/leaving", "v1.1.0-staging")).contains(digest));
  }

  @Test
  @Requirement({"327.4", "327.6", "330.8"})
  void a_tag_that_somebody_moved_is_found_and_set_back() {
    Course old = whole.course("meddled", "v1.0.0");
    String before = old.publish();
    old.reach("staging");
    Course course = whole.course("meddled", "v1.1.0");
    String digest = course.publish();
    course.reach("staging");
    var view = new RegistryView(main.host());
    view.retag("floe/meddled", before, "v1.1.0-staging");
    view.retag("floe/meddled", before, "latest-staging");
    view.retag("floe/meddled", before, "v9.9.9-staging");

    assertThat(kinds(check("meddled"))).containsExactly("moved", "moved", "foreign");
    awaitHealth("meddled", "failed");
    assertThat(staging("meddled").toString()).contains("floe platform tag v1.1.0 staging");

    repair(course);
    Awaitility.await()
        .atMost(Course.PATIENCE)
        .untilAsserted(() -> assertThat(kinds(check("meddled"))).containsExactly("foreign"));
    assertThat(view.digest("floe/meddled", "v1.1.0-staging")).contains(digest);
    assertThat(view.digest("floe/meddled", "latest-staging")).contains(digest);
    Awaitility.await()
        .atMost(Course.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(course.trail("artifact=meddled"))
                    .extracting(entry -> entry.text("event").orElse(""))
                    .contains("tag_drift_detected", "tag_repaired", "tag_drift_resolved"));
  }

  @Test
  @Requirement("327.4")
  void tags_are_repaired_by_hand_and_never_given() {
    Course course = whole.course("ungiven", "v1.0.0");
    course.publish();
    String tags = course.versions() + "/v1.0.0/tags";

    Reply refused = whole.door().as(Whole.OWNER).post(tags, "{\"env\":\"staging\"}");
    assertThat(refused.code()).isEqualTo("never-in-environment");
    assertThat(refused.exitCode()).isEqualTo(11);
    assertThat(refused.text("hint")).contains("floe platform promote v1.0.0 staging");
    Reply stranger = whole.door().as(Course.DANA).post(tags, "{\"env\":\"dev\"}");
    assertThat(stranger.code()).isEqualTo("not-authorised");
    assertThat(new RegistryView(main.host()).tags("floe/ungiven")).isEmpty();
  }

  /** Has the version's tags set again in staging. */
  private void repair(Course course) {
    String tags = "%s/%s/tags".formatted(course.versions(), course.version());
    Reply repaired = whole.door().as(Whole.OWNER).post(tags, "{\"env\":\"staging\"}");
    assertThat(repaired.status()).as(repaired.toString()).isEqualTo(202);
  }

  private Reply check(String artifact) {
    Reply checked =
        whole
            .door()
            .as(Whole.OWNER)
            .post("/api/v1/artifacts/%s/tag-checks".formatted(artifact), "{}");
    assertThat(checked.status()).as(checked.toString()).isEqualTo(200);
    return checked;
  }

  private static List<String> kinds(Reply check) {
    return check.texts("findings", "kind").stream().sorted(Comparator.reverseOrder()).toList();
  }

  private void awaitHealth(String artifact, String health) {
    Awaitility.await(artifact + " is " + health)
        .atMost(Course.PATIENCE)
        .untilAsserted(() -> assertThat(staging(artifact).text("health")).contains(health));
  }

  private Json staging(String artifact) {
    Reply status = whole.door().as(Course.DANA).get("/api/v1/status?artifact=" + artifact);
    return status.body().elements("environments").stream()
        .filter(each -> each.text("environment").orElse("").equals("staging"))
        .findFirst()
        .orElseThrow();
  }
}
