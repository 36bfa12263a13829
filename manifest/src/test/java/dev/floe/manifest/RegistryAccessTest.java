package dev.floe.manifest;

import static dev.floe.manifest.Manifests.errors;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.RegistryAccess.ClientCertificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What opens a registry, as the manifest says it. */
@Requirement("326.5")
class RegistryAccessTest {

  private static final String WHOLE =
      "url: oci://a.example.com/x, credentials: env:USER, ca: file:/etc/floe/ca.pem,"
          + " client_certificate: file:/etc/floe/client.pem, client_key: env:CLIENT_KEY";

  private static String prod(String registry) {
    return "environments: {prod: {registry: {" + registry + "}}}";
  }

  private static RegistryAccess access(Manifest manifest) {
    return manifest.last().primary().orElseThrow().access();
  }

  @Test
  void a_registry_can_have_its_own_ca_and_a_client_certificate() {
    RegistryAccess access = access(Manifests.of(prod(WHOLE)));

    assertThat(access)
        .isEqualTo(
            new RegistryAccess(
                new Secret.FromEnv("USER"),
                new Secret.FromFile("/etc/floe/ca.pem"),
                new ClientCertificate(
                    new Secret.FromFile("/etc/floe/client.pem"),
                    new Secret.FromEnv("CLIENT_KEY"))));
    assertThat(access.hasTls()).isTrue();
  }

  @Test
  void a_registry_that_says_nothing_is_opened_by_nobody_in_particular() {
    assertThat(access(Manifests.of(prod("url: oci://a.example.com/x"))))
        .isEqualTo(RegistryAccess.anonymous());
    assertThat(RegistryAccess.anonymous().hasTls()).isFalse();
  }

  @Test
  @Requirement("337.7")
  void a_registry_can_be_given_more_time_and_more_trust() {
    Manifest manifest =
        Manifests.of(
            prod(
                "url: oci://a.example.com/x, timeout: 90s, commit_timeout: 30m, retries: 0,"
                    + " trusted_hosts: [Auth.example.com, '10.0.0.5:9000']"));

    assertThat(access(manifest).manners())
        .isEqualTo(
            new RegistryAccess.Manners(
                Duration.ofSeconds(90),
                Duration.ofMinutes(30),
                0,
                List.of("auth.example.com", "10.0.0.5:9000")));
    assertThat(access(Manifest.fromCanonicalJson(manifest.canonicalJson())))
        .isEqualTo(access(manifest));
    assertThat(errors(prod("url: oci://a.example.com/x, trusted_hosts: [https://a/b]")))
        .hasSize(1)
        .first()
        .asString()
        .contains("host");
  }

  @Test
  @Requirement("337.8")
  void an_environment_can_go_without_a_tag_that_moves() {
    Manifest manifest =
        Manifests.of("environments: {prod: {registry: 'oci://a.example.com/x', latest: false}}");

    assertThat(manifest.last().liveTags(Version.parse("v1.2.3"))).containsExactly("v1.2.3-prod");
    assertThat(Manifest.fromCanonicalJson(manifest.canonicalJson()).last().latest()).isFalse();
    assertThat(Manifests.of(prod("url: oci://a.example.com/x")).last().latest()).isTrue();
  }

  @Test
  void the_recorded_manifest_says_where_they_are_found() {
    String json = Manifests.of(prod(WHOLE)).canonicalJson();

    assertThat(json)
        .contains("\"ca\":\"file:/etc/floe/ca.pem\"")
        .contains("\"client_certificate\":\"file:/etc/floe/client.pem\"")
        .contains("\"client_key\":\"env:CLIENT_KEY\"");
    assertThat(access(Manifest.fromCanonicalJson(json)))
        .isEqualTo(access(Manifests.of(prod(WHOLE))));
  }

  @Test
  @Requirement("335.5")
  void a_key_in_clear_is_refused_and_not_repeated() {
    assertThat(
            errors(
                prod(
                    "url: oci://a.example.com/x, client_certificate: file:/c,"
                        + " client_key: '-----BEGIN PRIVATE KEY-----hunter2'")))
        .containsExactly(
            "m:1:103: error: client_key says where the PEM stands; it does not stand in the"
                + " manifest (file:PATH or env:NAME)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/floe/ca.pem", "docker-config", "ca.pem"})
  void a_ca_is_in_a_file_or_a_variable(String ca) {
    assertThat(errors(prod("url: oci://a.example.com/x, ca: " + ca)))
        .containsExactly(
            "m:1:66: error: ca says where the PEM stands; it does not stand in the manifest"
                + " (file:PATH or env:NAME)");
  }

  @Test
  void a_certificate_and_its_key_come_together() {
    assertThat(errors(prod("url: oci://a.example.com/x, client_certificate: file:/c")))
        .containsExactly(
            "m:1:82: error: client_certificate stands without client_key"
                + " (add client_key: file:PATH)");
    assertThat(errors(prod("url: oci://a.example.com/x, client_key: file:/k")))
        .containsExactly(
            "m:1:74: error: client_key stands without client_certificate"
                + " (add client_certificate: file:PATH)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oci+http://a.example.com/x",
        "oci://127.0.0.1:5000/x",
        "oci://localhost/x",
        "oci-layout:/srv/x"
      })
  void without_tls_there_is_nothing_to_trust_and_nobody_to_be_told(String url) {
    assertThat(
            errors(
                """
                environments:
                  prod:
                    registry:
                      ca: file:/a
                      client_certificate: file:/c
                      client_key: file:/k
                      url: %s
                """
                    .formatted(url)))
        .containsExactly(
            "m:4:11: error: ca has no effect: %s is reached without TLS".formatted(url)
                + " (use oci:// and an address that is not loopback, or remove ca)",
            "m:5:27: error: client_certificate has no effect: %s is reached without TLS"
                    .formatted(url)
                + " (use oci:// and an address that is not loopback, or remove client_certificate)",
            "m:6:19: error: client_key has no effect: %s is reached without TLS".formatted(url)
                + " (use oci:// and an address that is not loopback, or remove client_key)");
  }

  @Test
  void who_we_are_to_a_registry_is_part_of_the_rules() {
    Manifest one = Manifests.of(prod(WHOLE));
    Manifest other = Manifests.of(prod(WHOLE.replace("/etc/floe/ca.pem", "/etc/floe/other.pem")));

    assertThat(one.rulesHash("prod")).isNotEqualTo(other.rulesHash("prod"));
  }
}
