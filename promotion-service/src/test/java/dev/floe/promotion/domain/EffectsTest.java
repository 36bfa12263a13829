package dev.floe.promotion.domain;

import static dev.floe.promotion.domain.Line.ask;
import static dev.floe.promotion.domain.Line.copied;
import static dev.floe.promotion.domain.Line.digest;
import static dev.floe.promotion.domain.Line.passed;
import static dev.floe.promotion.domain.Line.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Version;
import dev.floe.promotion.domain.message.GateEnd;
import dev.floe.promotion.domain.message.GateOutcome;
import dev.floe.promotion.domain.message.Phase;
import dev.floe.promotion.domain.message.PromotionCommand.RecordCopy;
import dev.floe.promotion.domain.message.PromotionCommand.RecordTags;
import dev.floe.promotion.domain.message.PromotionCommand.RecordValidation;
import dev.floe.promotion.domain.message.PromotionCommand.RegisterVersion;
import dev.floe.promotion.domain.message.PromotionEvent.PostValidationFailed;
import dev.floe.promotion.domain.message.PromotionEvent.PostValidationPassed;
import dev.floe.promotion.domain.message.PromotionEvent.PostValidationStarted;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionFailed;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRequested;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionStarted;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionSucceeded;
import dev.floe.promotion.domain.message.PromotionEvent.TaggingStarted;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationStarted;
import dev.floe.promotion.domain.message.TagStage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EffectsTest {

  private final Line line = Line.under(Manifests.threeSteps()).published("v1.2.3");

  @Nested
  class A_copy {

    private final String id = started("v1.2.3");

    @Test
    @Requirement({"327.1", "327.2", "337.3"})
    void that_arrived_is_followed_by_the_environments_tags_in_order() {
      var tagging =
          line.when(copied(id, 2)).happens(TaggingStarted.class).the(TaggingStarted.class);

      assertThat(tagging.stage()).isEqualTo(TagStage.ENVIRONMENT);
      assertThat(tagging.tags()).containsExactly("v1.2.3-staging", "latest-staging");
      assertThat(tagging.digest()).isEqualTo(digest("v1.2.3"));
      assertThat(tagging.bytes()).isEqualTo(900);
    }

    @Test
    @Requirement("337.3")
    void that_is_another_digest_ends_the_promotion_without_a_tag() {
      line.when(new RecordCopy(id, 2, false, "digest-mismatch", "It was other bytes.", 0))
          .outcome()
          .then(
              new PromotionFailed(
                  id,
                  Version.parse("v1.2.3"),
                  digest("v1.2.3"),
                  "dev",
                  "staging",
                  "digest-mismatch",
                  "It was other bytes.",
                  ""));
    }

    @Test
    void that_broke_in_no_particular_way_has_a_name_too() {
      var failed = line.when(new RecordCopy(id, 2, false, "", "It broke.", 0));

      assertThat(failed.the(PromotionFailed.class).cause()).isEqualTo("copy-failed");
    }

    @Test
    void leaves_what_is_live_as_it_was() {
      assertThat(line.when(copied(id, 2)).line().slot("staging").live()).isEmpty();
    }

    @Test
    void told_twice_counts_once() {
      line.when(copied(id, 2)).accepted();
      line.when(copied(id, 2)).changesNothing();
    }
  }

  @Test
  void a_large_artifact_has_longer_to_arrive() {
    var big = new RegisterVersion("v2.0.0", digest("v2.0.0"), 10L << 30, "x/y");
    line.when(big).accepted();
    var started = line.when(passed(line.requested("v2.0.0", "staging"), 1));

    assertThat(started.the(PromotionStarted.class).actBefore())
        .isEqualTo(Line.NOON.plus(Duration.ofMinutes(15)).plusSeconds(10 << 10));
  }

  @Nested
  class Tags {

    private final String id = started("v1.2.3");

    @Test
    @Requirement({"327.1", "327.2", "326.7"})
    void that_are_set_make_the_version_live() {
      line.when(copied(id, 2)).accepted();

      var played = line.when(tagged(id, 3)).happens(PromotionSucceeded.class);

      assertThat(played.the(PromotionSucceeded.class).refs())
          .containsExactly(
              "oci://127.0.0.1:5000/staging/floe-platform:v1.2.3-staging",
              "oci://127.0.0.1:5000/staging/floe-platform:latest-staging");
      assertThat(played.the(PromotionSucceeded.class).bytes()).isEqualTo(900);
      assertThat(played.line().slot("staging").isSoundlyLive(Version.parse("v1.2.3"))).isTrue();
    }

    @Test
    void that_could_not_be_set_end_the_promotion() {
      line.when(copied(id, 2)).accepted();

      var refused =
          line.when(new RecordTags(id, 3, false, List.of(), "", "403"))
              .happens(PromotionFailed.class);

      assertThat(refused.the(PromotionFailed.class).cause()).isEqualTo("tagging-failed");
      assertThat(refused.line().slot("staging").live()).isEmpty();
    }
  }

  @Test
  @Requirement("327.3")
  void the_last_environment_adds_the_release_tag_at_the_end() {
    line.promoted("v1.2.3", "staging");
    String id = line.approved("v1.2.3");
    line.when(ask("v1.2.3", "prod")).accepted();
    line.when(copied(id, 2)).accepted();

    var release = line.when(tagged(id, 3)).happens(TaggingStarted.class);
    assertThat(release.the(TaggingStarted.class).stage()).isEqualTo(TagStage.RELEASE);
    assertThat(release.the(TaggingStarted.class).tags()).containsExactly("v1.2.3");
    assertThat(release.line().slot("prod").isLive(Version.parse("v1.2.3"))).isTrue();

    var ended = line.when(tagged(id, 4)).happens(PromotionSucceeded.class);
    assertThat(ended.the(PromotionSucceeded.class).refs())
        .endsWith("oci://127.0.0.1:5000/prod/floe-platform:v1.2.3")
        .hasSize(3);
  }

  @Nested
  class Gates_after_the_tags {

    private final Line verified =
        Line.under(Manifests.withPostValidation())
            .published("v1.2.3")
            .promoted("v1.2.3", "staging");
    private final String id = verified.approved("v1.2.3");

    @Test
    @Requirement({"327.3", "326.8"})
    void run_against_what_is_live() {
      var started = tagsSet().happens(PostValidationStarted.class);

      var order = started.the(PostValidationStarted.class);
      assertThat(order.gates()).extracting("name").containsExactly("smoke_test");
      assertThat(order.artifact())
          .isEqualTo("127.0.0.1:5000/prod/floe-platform@" + digest("v1.2.3"));
      assertThat(order.actBefore()).isEqualTo(verified.now().plus(Duration.ofSeconds(330)));
      assertThat(started.line().slot("prod").isLive(Version.parse("v1.2.3"))).isTrue();
      assertThat(started.line().slot("prod").isSoundlyLive(Version.parse("v1.2.3"))).isFalse();
    }

    @Test
    @Requirement("327.3")
    void that_passed_are_followed_by_the_release_tag() {
      tagsSet().accepted();

      verified
          .when(new RecordValidation(id, 4, Phase.AFTER, true, List.of()))
          .happens(PostValidationPassed.class, TaggingStarted.class);
      var done = verified.when(tagged(id, 5)).happens(PromotionSucceeded.class);
      assertThat(done.the(PromotionSucceeded.class).bytes()).isEqualTo(900);
      assertThat(done.line().slot("prod").isSoundlyLive(Version.parse("v1.2.3"))).isTrue();
    }

    @Test
    @Requirement({"326.8", "327.3"})
    void that_failed_leave_the_version_live_without_its_release_tag() {
      tagsSet().accepted();

      var failed =
          verified.when(smokeFailed()).happens(PostValidationFailed.class, PromotionFailed.class);
      assertThat(failed.the(PromotionFailed.class).cause()).isEqualTo("post-validation-failed");
      assertThat(failed.the(PromotionFailed.class).message()).contains("smoke_test");
      assertThat(failed.line().slot("prod").isLive(Version.parse("v1.2.3"))).isTrue();
    }

    @Test
    void that_failed_can_be_run_again_by_promoting_once_more() {
      tagsSet().accepted();
      verified.when(smokeFailed()).accepted();

      verified
          .when(ask("v1.2.3", "prod").requestingApproval())
          .happens(PromotionRequested.class, ValidationStarted.class);
    }

    private Line.Played tagsSet() {
      verified.when(ask("v1.2.3", "prod")).accepted();
      verified.when(copied(id, 2)).accepted();
      return verified.when(tagged(id, 3));
    }

    private RecordValidation smokeFailed() {
      return new RecordValidation(
          id, 4, Phase.AFTER, false, List.of(new GateOutcome("smoke_test", GateEnd.FAILED)));
    }
  }

  private String started(String version) {
    String id = line.requested(version, "staging");
    line.when(passed(id, 1)).accepted();
    return id;
  }
}
