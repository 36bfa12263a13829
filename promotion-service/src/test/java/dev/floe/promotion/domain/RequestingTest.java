package dev.floe.promotion.domain;

import static dev.floe.promotion.domain.Line.ask;
import static dev.floe.promotion.domain.Line.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Version;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRefused;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRequested;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationStarted;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RequestingTest {

  private final Line line = Line.under(Manifests.threeSteps());

  @Test
  @Requirement({"326.2", "326.3", "326.7"})
  void a_version_in_the_environment_before_goes_to_the_gates() {
    var played = line.published("v1.2.3").when(ask("v1.2.3", "staging"));

    played.happens(PromotionRequested.class, ValidationStarted.class);
    var requested = played.the(PromotionRequested.class);
    var gates = requested.plan().gates();
    assertThat(requested.promotion()).matches("req-[0-9A-HJKMNP-TV-Z]{26}");
    assertThat(requested.digest()).isEqualTo(digest("v1.2.3"));
    assertThat(requested.from()).isEqualTo("dev");
    assertThat(requested.requestedBy()).isEqualTo("dana@acme.com");
    assertThat(requested.manifestRevision()).isEqualTo(1);
    assertThat(requested.rulesHash()).isEqualTo(Manifests.threeSteps().rulesHash("staging"));
    assertThat(played.the(ValidationStarted.class))
        .isEqualTo(
            new ValidationStarted(
                requested.promotion(),
                1,
                Version.parse("v1.2.3"),
                digest("v1.2.3"),
                "dev",
                "staging",
                "127.0.0.1:5000/dev/floe-platform@" + digest("v1.2.3"),
                gates,
                true,
                1,
                // one minute, twice two minutes for a gate that is tried again, and five
                Line.NOON.plus(Duration.ofMinutes(1 + 2 * 2 + 5))));
  }

  @Test
  @Requirement("326.6")
  void the_environment_before_may_be_named() {
    line.published("v1.2.3")
        .when(ask("v1.2.3", "staging").comingFrom("dev"))
        .happens(PromotionRequested.class, ValidationStarted.class);
  }

  @Test
  void an_environments_name_behind_the_version_is_no_part_of_it() {
    var requested = line.published("v1.2.3-rc1").when(ask("v1.2.3-rc1-dev", "staging"));

    assertThat(requested.the(PromotionRequested.class).version())
        .isEqualTo(Version.parse("v1.2.3-rc1"));
  }

  @Test
  @Requirement("326.2")
  void a_version_goes_on_under_an_earlier_environments_tag_if_it_is_the_same_digest() {
    line.published("v1.2.3").promoted("v1.2.3", "staging");
    line.when(ask("v1.2.3-dev", "prod").requestingApproval())
        .happens(PromotionRequested.class, ValidationStarted.class);
  }

  @Test
  void a_repeated_command_would_open_the_same_promotion() {
    String first =
        Line.under(Manifests.threeSteps()).published("v1.2.3").requested("v1.2.3", "staging");
    String second =
        Line.under(Manifests.threeSteps()).published("v1.2.3").requested("v1.2.3", "staging");

    assertThat(first).isEqualTo(second);
  }

  @Nested
  @Requirement("326.2")
  class The_path {

    @Test
    void is_not_skipped() {
      var refused =
          line.published("v1.2.3")
              .when(ask("v1.2.3", "prod").requestingApproval())
              .refused("skipped-environment");

      assertThat(refused.firstReason().message()).contains("the missing step is staging");
      assertThat(refused.firstReason().remedy()).contains("floe platform promote v1.2.3 staging");
    }

    @Test
    void is_not_skipped_outright_either() {
      var refused =
          line.published("v1.2.3")
              .when(ask("v1.2.3", "prod").comingFrom("dev").requestingApproval())
              .refused("skipped-environment");

      assertThat(refused.firstReason().message()).isEqualTo("dev → prod skips staging.");
    }

    @Test
    void leads_forward_only() {
      line.published("v1.2.3").promoted("v1.2.3", "staging");

      line.when(ask("v1.2.3", "staging").comingFrom("prod")).refused("backwards");
      line.when(ask("v1.2.3", "staging").comingFrom("staging")).refused("backwards");
      line.when(ask("v1.2.3-prod", "staging")).refused("backwards");
    }

    @Test
    void begins_with_publishing() {
      line.published("v1.2.3").when(ask("v1.2.3", "dev")).refused("first-environment");
    }

    @Test
    void is_closed_to_a_version_that_is_still_being_verified_where_it_is() {
      Line verified =
          Line.under(
              Manifests.with(
                  "registry: oci://127.0.0.1:5000/staging",
                  "registry: oci://127.0.0.1:5000/staging\n"
                      + "    post_validation: [{name: smoke, command: [smoke]}]"));
      verified.published("v1.2.3");
      String id = verified.requested("v1.2.3", "staging");
      verified.when(Line.passed(id, 1)).accepted();
      verified.when(Line.copied(id, 2)).accepted();
      verified.when(Line.tagged(id, 3)).accepted();

      verified.when(ask("v1.2.3", "prod").requestingApproval()).refused("skipped-environment");
    }
  }

  @Nested
  class What_does_not_exist {

    @Test
    void is_named() {
      line.published("v1.2.3");

      line.when(ask("v9.9.9", "staging")).refused("unknown-version");
      line.when(ask("v1.2.3", "moon")).refused("unknown-environment");
      line.when(ask("v1.2.3", "staging").comingFrom("moon")).refused("unknown-environment");
      line.when(ask("1.2", "staging")).refused("invalid-version");
      line.when(ask("v1.2.3-dev-staging", "prod")).refused("invalid-version");
      line.when(ask("v1.2.3", "staging").toRegistries("tertiary")).refused("bad-request");
      line.when(ask("v1.2.3", "staging").retrying("req-x")).refused("unknown-promotion");
    }

    @Test
    void is_named_all_at_once_with_the_weightiest_first() {
      Line closed =
          Line.under(
              Manifests.parse(Manifests.THREE_STEPS + "access: {promote: [ops@acme.com]}\n"));

      var refused =
          closed
              .when(ask("1.2", "moon"))
              .refused("not-authorised", "invalid-version", "unknown-environment");

      var recorded = refused.the(PromotionRefused.class);
      assertThat(recorded.promotion()).startsWith("req-");
      assertThat(recorded.version()).isEqualTo("1.2");
      assertThat(recorded.reasons()).hasSize(3);
    }
  }

  @Test
  @Requirement("330.9")
  void machines_promote_only_where_the_manifest_says_so() {
    line.published("v1.2.3");

    line.when(Actor.system("gate-runner"), ask("v1.2.3", "staging").command())
        .refused("not-authorised");
  }

  @Test
  @Requirement("337.1")
  void only_the_named_registries_are_copied_to_and_the_primary_always() {
    Line two =
        Line.under(
            Manifests.with(
                "registry: oci://127.0.0.1:5000/staging",
                "registries: {primary: 'oci://127.0.0.1:5000/staging',"
                    + " secondary: 'oci://127.0.0.1:5000/second'}"));
    two.published("v1.2.3");

    two.when(ask("v1.2.3", "staging").toRegistries("secondary")).refused("bad-request");
    var requested = two.when(ask("v1.2.3", "staging").toRegistries("primary"));
    assertThat(requested.the(PromotionRequested.class).plan().targets()).hasSize(1);
  }

  @Test
  @Requirement("338.2")
  void a_plan_that_was_shown_must_still_be_the_one() {
    line.published("v1.2.3");
    var shown =
        Line.under(Manifests.threeSteps())
            .published("v1.2.3")
            .when(ask("v1.2.3", "staging"))
            .the(PromotionRequested.class);

    line.when(ask("v1.2.3", "staging").underPlan("sha256:0")).refused("plan-changed");
    line.when(ask("v1.2.3", "staging").underPlan(shown.planHash())).accepted();
  }
}
