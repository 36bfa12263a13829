package dev.floe.promotion.domain.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Requirement;
import dev.floe.kernel.Scenario;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ManifestParser;
import dev.floe.manifest.Problem;
import dev.floe.manifest.SampleManifest;
import dev.floe.promotion.domain.config.ManifestCommand.ApplyManifest;
import dev.floe.promotion.domain.config.ManifestCommand.RefuseManifest;
import dev.floe.promotion.domain.config.ManifestEvent.ManifestApplied;
import dev.floe.promotion.domain.config.ManifestEvent.ManifestRefused;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement("326.5")
class ManifestDeciderTest {

  private static final String SAMPLE = canonical(SampleManifest.yaml(5000));
  private static final String CLOSED =
      canonical(SampleManifest.yaml(5000) + "access: {configure: [ops@acme.com]}\n");

  private static final String GATES = "promotion: {validation_gates: [policy_compliance]}\n";
  private static final String TEAMS = "teams: {leads: {members: [ada@acme.com]}}\n";

  private final Scenario<ManifestCommand, Configuration, ManifestEvent> configuration =
      Scenario.of(new ManifestDecider("olga@localhost"), "manifest");

  @Test
  void the_first_manifest_comes_from_whoever_runs_the_system() {
    configuration
        .by("olga@localhost")
        .when(apply(SAMPLE))
        .then(new ManifestApplied(1, "abc", SAMPLE));
  }

  @Test
  void the_service_may_apply_what_it_was_started_with() {
    configuration
        .by(Actor.system("promotion-service"))
        .when(apply(SAMPLE))
        .then(new ManifestApplied(1, "abc", SAMPLE));
  }

  @Test
  void nobody_else_applies_the_first_one() {
    configuration.by("eve@acme.com").when(apply(SAMPLE)).thenRefused("not-authorised");
    Scenario.of(new ManifestDecider(null), "manifest")
        .by("eve@acme.com")
        .when(apply(SAMPLE))
        .thenRefused("not-authorised");
  }

  @Test
  void the_one_in_force_says_who_may_change_it() {
    var closed = under(CLOSED);

    closed.when(apply(SAMPLE)).thenRefused("not-authorised");
    closed.by("ops@acme.com").when(apply(SAMPLE)).then(new ManifestApplied(2, "abc", SAMPLE));
  }

  @Test
  void the_one_that_is_offered_lets_nobody_in() {
    under(SAMPLE).by("ops@acme.com").when(apply(CLOSED)).thenRefused("not-authorised");
  }

  @Test
  void the_same_again_changes_nothing() {
    under(SAMPLE).when(new ApplyManifest("other", SAMPLE, 7, false)).thenNothingNew();
  }

  @Test
  void the_same_again_may_be_said_by_whoever_may_change_nothing() {
    under(CLOSED).by("eve@acme.com").when(apply(CLOSED)).thenNothingNew();
  }

  @ParameterizedTest
  @ValueSource(strings = {GATES, TEAMS, "{}"})
  void all_gates_or_all_teams_go_only_where_that_is_said(String rest) {
    String less = canonical(rest);
    var full = under(canonical(GATES + TEAMS));

    full.when(apply(less)).thenRefused("invalid-manifest");
    full.when(new ApplyManifest("abc", less, null, true)).then(new ManifestApplied(2, "abc", less));
    under(less)
        .when(apply(canonical(GATES + TEAMS)))
        .then(new ManifestApplied(2, "abc", canonical(GATES + TEAMS)));
  }

  @Test
  void a_change_does_not_undo_one_it_has_not_seen() {
    var sample = under(SAMPLE);

    sample.when(new ApplyManifest("abc", CLOSED, 0, false)).thenRefused("revision-differs");
    sample
        .when(new ApplyManifest("abc", CLOSED, 1, false))
        .then(new ManifestApplied(2, "abc", CLOSED));
  }

  @Test
  void a_refused_one_leaves_the_last_good_one_in_force() {
    var problem =
        new Problem(
            "m.yaml",
            3,
            1,
            Problem.Severity.ERROR,
            "unknown key",
            "did you mean path?",
            "invalid-manifest");

    var outcome = under(SAMPLE).when(new RefuseManifest("bad", List.of(problem)));

    assertThat(outcome.decision()).isInstanceOf(Decision.Refused.class);
    assertThat(outcome.decision().facts())
        .containsExactly(new ManifestRefused("bad", List.of(problem), List.of()));
    assertThat(outcome.state().revision()).isEqualTo(1);
    assertThat(outcome.state().manifest()).isEqualTo(Manifest.fromCanonicalJson(SAMPLE));
  }

  @Test
  void strangers_cannot_fill_the_trail_with_problems() {
    under(CLOSED)
        .by("eve@acme.com")
        .when(new RefuseManifest("bad", List.of()))
        .thenRefused("not-authorised");
  }

  @Test
  void what_came_past_the_door_is_checked_again() {
    var service = configuration.by(Actor.system("promotion-service"));

    service.when(apply("{}")).thenRefused("invalid-manifest");
    service.when(apply(SAMPLE + " ")).thenRefused("invalid-manifest");
  }

  private Scenario<ManifestCommand, Configuration, ManifestEvent> under(String manifest) {
    return configuration
        .by(Actor.system("promotion-service"))
        .given(new ManifestApplied(1, "abc", manifest))
        .by("olga@localhost");
  }

  private static ApplyManifest apply(String manifest) {
    return new ApplyManifest("abc", manifest, (@Nullable Integer) null, false);
  }

  private static String canonical(String yaml) {
    return ManifestParser.parse(yaml, "manifest.yaml").orThrow().canonicalJson();
  }
}
