package dev.floe.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Actor.Kind;
import dev.floe.manifest.Manifest;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TeamsTest {

  private static final Manifest MANIFEST =
      AccessTest.manifest(
          """
          artifact: floe-platform
          environments:
            dev: {registry: oci://127.0.0.1:8080/dev}
            prod: {registry: oci://127.0.0.1:8080/prod, approval_teams: [release-crew]}
          teams:
            platform-leads: {members: [ada@acme.com, "signer:ci"], oidc_group: leads}
            security: {oidc_group: sec}
            ops: {members: [ben@acme.com]}
          """);

  @Test
  void are_those_that_list_the_person() {
    assertThat(Teams.of(MANIFEST, Actor.user("ada@acme.com"))).containsExactly("platform-leads");
    assertThat(Teams.of(MANIFEST, Actor.user("dan@acme.com"))).isEmpty();
    assertThat(Teams.of(MANIFEST, Actor.user("Ada@acme.com"))).isEmpty();
  }

  @Test
  void are_those_whose_group_the_provider_vouches_for() {
    var dan = new Actor(Kind.USER, "dan@acme.com", Set.of("leads", "sec"));
    assertThat(Teams.of(MANIFEST, dan))
        .containsExactly("leads", "platform-leads", "sec", "security");
  }

  @Test
  void are_groups_too_where_no_team_is_listed_under_that_name() {
    var dan = new Actor(Kind.USER, "dan@acme.com", Set.of("release-crew"));
    assertThat(Teams.of(MANIFEST, dan)).containsExactly("release-crew");
  }

  @Test
  void are_not_joined_by_a_group_that_merely_has_a_listed_teams_name() {
    var dan = new Actor(Kind.USER, "dan@acme.com", Set.of("ops", "platform-leads", "security"));
    assertThat(Teams.of(MANIFEST, dan)).isEmpty();
  }

  @Test
  void count_a_machine_only_where_they_list_it() {
    assertThat(Teams.of(MANIFEST, new Actor(Kind.SIGNER, "signer:ci", Set.of("sec"))))
        .containsExactly("platform-leads");
    assertThat(Teams.of(MANIFEST, Actor.user("signer:ci"))).isEmpty();
    assertThat(Teams.of(MANIFEST, Actor.system("ada@acme.com"))).isEmpty();
  }
}
