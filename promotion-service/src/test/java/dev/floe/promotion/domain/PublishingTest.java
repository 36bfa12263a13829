package dev.floe.promotion.domain;

import static dev.floe.promotion.domain.Line.digest;
import static dev.floe.promotion.domain.Line.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import dev.floe.promotion.domain.line.Live;
import dev.floe.promotion.domain.message.PromotionCommand.RegisterVersion;
import dev.floe.promotion.domain.message.PromotionEvent.ArtifactPublished;
import dev.floe.promotion.domain.message.PromotionEvent.CommandRefused;
import dev.floe.promotion.domain.message.RegistryTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishingTest {

  private final Line line = Line.under(Manifests.threeSteps());

  @Test
  @Requirement({"327.1", "327.2"})
  void a_new_version_is_live_in_the_first_environment() {
    var played = line.when(register("v1.2.3"));

    played
        .outcome()
        .then(
            new ArtifactPublished(
                Version.parse("v1.2.3"),
                digest("v1.2.3"),
                "dev",
                "oci://127.0.0.1:5000/dev/floe-platform:v1.2.3-dev",
                1000,
                "application/vnd.oci.image",
                List.of(new RegistryTarget("primary", "oci://127.0.0.1:5000/dev")),
                List.of("v1.2.3-dev", "latest-dev")));
    assertThat(played.line().slot("dev").live())
        .contains(new Live(Version.parse("v1.2.3"), digest("v1.2.3"), Line.NOON, null));
  }

  @Test
  void its_environment_may_stand_behind_the_version() {
    var played = line.when(register("v1.2.3-dev"));

    assertThat(played.the(ArtifactPublished.class).version()).isEqualTo(Version.parse("v1.2.3"));
  }

  @Test
  @Requirement("327.6")
  void the_same_digest_again_changes_nothing() {
    line.published("v1.2.3").when(register("v1.2.3")).changesNothing();
  }

  @Test
  @Requirement("327.6")
  void another_digest_never_takes_a_versions_place() {
    var other = new RegisterVersion("v1.2.3", Digest.sha256("other"), 1, "x/y");
    line.published("v1.2.3").when(other).refused("immutable-tag");
  }

  @Test
  @Requirement("327.2")
  void an_older_version_published_late_leaves_latest_where_it_is() {
    var played = line.published("v1.3.0").when(register("v1.2.9"));

    assertThat(played.the(ArtifactPublished.class).tags()).containsExactly("v1.2.9-dev");
    assertThat(played.line().slot("dev").isLive(Version.parse("v1.3.0"))).isTrue();
    assertThat(played.line().slot("dev").presence(Version.parse("v1.2.9"))).isPresent();
  }

  @Test
  void no_version_is_published_past_the_first_environment() {
    line.when(register("v1.2.3-prod")).refused("skipped-environment");
  }

  @Test
  @Requirement("333.2")
  void what_is_no_version_is_refused_and_recorded() {
    var refused = line.when(register("1.2")).refused("invalid-version");

    assertThat(refused.the(CommandRefused.class).version()).isEqualTo("1.2");
    assertThat(refused.the(CommandRefused.class).command()).isEqualTo("RegisterVersion");
  }

  @Test
  void an_artifact_that_the_manifest_does_not_name_is_refused() {
    Line other = Line.under(Manifests.with("artifact: floe-platform", "artifact: another"));
    other.when(register("v1.2.3")).refused("unknown-artifact");
  }

  @Test
  @Requirement("330.9")
  void whoever_may_not_publish_is_told_so_before_anything_else() {
    Line closed =
        Line.under(Manifests.parse(Manifests.THREE_STEPS + "access: {publish: [ci@acme.com]}\n"));

    closed.by("eve@acme.com").when(register("1.2")).refused("not-authorised", "invalid-version");
    closed.by("ci@acme.com").when(register("v1.2.3")).accepted();
    closed.when(Actor.system("gate-runner"), register("v1.2.4")).refused("not-authorised");
  }
}
