package dev.floe.promotion.domain;

import static dev.floe.promotion.domain.Line.ask;
import static dev.floe.promotion.domain.Line.copied;
import static dev.floe.promotion.domain.Line.digest;
import static dev.floe.promotion.domain.Line.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Version;
import dev.floe.promotion.domain.message.PromotionCommand.TagVersion;
import dev.floe.promotion.domain.message.PromotionEvent.TagRepaired;
import dev.floe.promotion.domain.message.RegistryTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tags that are set again by hand. */
@Requirement("327.4")
class RepairingTest {

  private static final Manifest MANIFEST =
      Manifests.parse(Manifests.THREE_STEPS + "access: {tag: [ops@acme.com]}\n");

  private final Line line = Line.under(MANIFEST).published("v1.2.3").promoted("v1.2.3", "staging");

  @Test
  void are_those_of_the_version_in_every_registry_of_the_environment() {
    line.by("ops@acme.com")
        .when(new TagVersion("v1.2.3", "staging"))
        .outcome()
        .then(
            new TagRepaired(
                2,
                Version.parse("v1.2.3"),
                digest("v1.2.3"),
                "staging",
                List.of(new RegistryTarget("primary", "oci://127.0.0.1:5000/staging")),
                List.of("v1.2.3-staging", "latest-staging")));
  }

  @Test
  @Requirement("337.8")
  void leave_latest_out_where_the_environment_goes_without() {
    Manifest without =
        Manifests.parse(
            Manifests.THREE_STEPS.replace("staging:\n", "staging:\n    latest: false\n")
                + "access: {tag: [ops@acme.com]}\n");
    Line there =
        Line.under(without).published("v1.2.3").promoted("v1.2.3", "staging").by("ops@acme.com");

    assertThat(there.when(new TagVersion("v1.2.3", "staging")).the(TagRepaired.class).tags())
        .containsExactly("v1.2.3-staging");
  }

  @Test
  void are_numbered_so_that_each_repair_is_work_of_its_own() {
    line.by("ops@acme.com").when(new TagVersion("v1.2.3", "staging"));

    assertThat(line.when(new TagVersion("v1.2.3", "dev")).the(TagRepaired.class).intent())
        .isEqualTo(3);
  }

  @Test
  @Requirement("327.2")
  void leave_latest_to_the_version_that_is_live() {
    line.published("v1.3.0").promoted("v1.3.0", "staging").by("ops@acme.com");

    assertThat(line.when(new TagVersion("v1.2.3", "staging")).the(TagRepaired.class).tags())
        .containsExactly("v1.2.3-staging");
  }

  @Test
  @Requirement("327.3")
  void have_the_release_tag_among_them_in_the_last_environment() {
    String id = line.approved("v1.2.3");
    line.when(ask("v1.2.3", "prod")).accepted();
    line.when(copied(id, 2)).accepted();
    line.when(tagged(id, 3)).accepted();
    line.when(tagged(id, 4)).accepted();
    line.by("ops@acme.com");

    assertThat(line.when(new TagVersion("v1.2.3", "prod")).the(TagRepaired.class).tags())
        .containsExactly("v1.2.3-prod", "latest-prod", "v1.2.3");
  }

  @Test
  void are_never_given_to_a_version_that_was_not_there() {
    line.by("ops@acme.com");

    line.when(new TagVersion("v1.2.3", "prod")).refused("never-in-environment");
    line.when(new TagVersion("v9.9.9", "dev")).refused("never-in-environment");
  }

  @Test
  void wait_until_nobody_else_works_in_the_slot() {
    line.published("v1.3.0").when(ask("v1.3.0", "staging"));

    line.by("ops@acme.com").when(new TagVersion("v1.2.3", "staging")).refused("slot-busy");
  }

  @Test
  @Requirement("330.9")
  void are_for_those_who_may() {
    line.by("mallory@acme.com").when(new TagVersion("v1.2.3", "staging")).refused("not-authorised");
  }

  @Test
  @Requirement("333.2")
  void are_asked_for_by_names_that_exist() {
    line.by("ops@acme.com");

    line.when(new TagVersion("1.2", "staging")).refused("invalid-version");
    line.when(new TagVersion("v1.2.3", "quality")).refused("unknown-environment");
  }
}
