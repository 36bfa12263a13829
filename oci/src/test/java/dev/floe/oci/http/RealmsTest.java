package dev.floe.oci.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealmsTest {

  private static boolean mayServe(String registry, String realm, String... trusted) {
    return new Realms(Set.of(trusted))
        .mayServe(Origin.of(URI.create(registry)), Origin.of(URI.create(realm)), true);
  }

  @ParameterizedTest
  @CsvSource({
    "https://registry-1.docker.io, https://auth.docker.io/token",
    "https://registry.gitlab.com, https://gitlab.com/jwt/auth",
    "https://ghcr.io, https://ghcr.io/token",
    "http://127.0.0.1:5000, http://127.0.0.1:5000/token"
  })
  void of_the_registry_itself_may_see_credentials(String registry, String realm) {
    assertThat(mayServe(registry, realm)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://registry.acme.com, https://evil.com/token",
    "https://registry.acme.com, https://login.acme.com/token",
    "https://registry.acme.com:5000, https://registry.acme.com/token",
    "http://127.0.0.1:5000, http://127.0.0.1:6000/token",
    "https://registry-1.docker.io, https://auth.docker.io:8443/token",
    "https://registry.acme.com, http://registry.acme.com/token",
    "http://127.0.0.1:5000, http://10.0.0.1/token",
    "http://127.0.0.1:5000, http://localhost:5000/token",
    "https://registry.acme.com, ftp://registry.acme.com/token",
    "https://localhost, https://evil/token",
    "https://registry.acme.com, /token"
  })
  void elsewhere_may_not(String registry, String realm) {
    assertThat(mayServe(registry, realm)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://login.partner.invalid/token, true",
    "https://login.partner.invalid:8443/token, true",
    "https://login.partner.invalid:9443/token, false",
    "http://login.partner.invalid/token, false"
  })
  void elsewhere_may_if_it_is_trusted_but_never_without_tls(String realm, boolean expected) {
    assertThat(
            mayServe(
                "https://registry.acme.invalid",
                realm,
                "login.partner.invalid",
                "login.partner.invalid:8443"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "https://login.partner.invalid/token, true",
    "http://login.partner.invalid/token, false",
    "https://169.254.169.254/token, false",
    "https://10.0.0.1/token, false"
  })
  void elsewhere_is_asked_without_a_secret_if_it_is_no_place_of_ours(String realm, boolean asked) {
    assertThat(
            new Realms(Set.of())
                .mayServe(
                    Origin.of(URI.create("https://192.0.2.1")),
                    Origin.of(URI.create(realm)),
                    false))
        .isEqualTo(asked);
  }
}
