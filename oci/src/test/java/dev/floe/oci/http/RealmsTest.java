package dev.floe.oci.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealmsTest {

  private static boolean mayServe(String registry, String realm, String... trusted) {
    return new Realms(Set.of(trusted))
        .mayServe(Origin.of(URI.create(registry)), Origin.of(URI.create(realm)));
  }

  @ParameterizedTest
  @CsvSource({
    "https://registry-1.docker.io, https://auth.docker.io/token",
    "https://registry.gitlab.com, https://gitlab.com/jwt/auth",
    "https://ghcr.io, https://ghcr.io/token",
    "https://registry.acme.co.uk, https://login.acme.co.uk/token",
    "https://registry.acme.com:5000, https://registry.acme.com/token",
    "http://127.0.0.1:5000, http://127.0.0.1:6000/token"
  })
  void of_the_registrys_own_domain_may_see_credentials(String registry, String realm) {
    assertThat(mayServe(registry, realm)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://registry.acme.com, https://evil.com/token",
    "https://registry.acme.com, https://acme.com.evil.com/token",
    "https://registry.acme.com, http://registry.acme.com/token",
    "https://registry.acme.co.uk, https://login.evil.co.uk/token",
    "https://acme.azurecr.io, https://evil.azurecr.io/token",
    "https://1.dkr.ecr.eu.amazonaws.com, https://evil.s3.amazonaws.com/token",
    "http://127.0.0.1:5000, http://10.0.0.1/token",
    "http://127.0.0.1:5000, http://localhost:5000/token",
    "https://10.1.2.3, https://9.1.2.3/token",
    "https://registry.acme.com, ftp://registry.acme.com/token",
    "https://localhost, https://evil/token",
    "https://registry.acme.com, /token"
  })
  void elsewhere_may_not(String registry, String realm) {
    assertThat(mayServe(registry, realm)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"https://login.partner.net/token, true", "http://login.partner.net/token, false"})
  void elsewhere_may_if_it_is_trusted_but_never_without_tls(String realm, boolean expected) {
    assertThat(mayServe("https://registry.acme.com", realm, "login.partner.net"))
        .isEqualTo(expected);
  }
}
