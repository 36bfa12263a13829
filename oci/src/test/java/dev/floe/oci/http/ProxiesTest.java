package dev.floe.oci.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Requirement;
import java.net.URI;
import java.util.Map;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement("337.7")
class ProxiesTest {

  private static String before(Map<String, String> environment, String target) {
    return new Proxies(environment)
        .before(HttpHost.create(URI.create(target)))
        .map(HttpHost::toURI)
        .orElse("none");
  }

  @Test
  void stand_where_the_environment_says() {
    var both = Map.of("HTTPS_PROXY", "http://p:3128", "http_proxy", "q:8080");

    assertThat(before(both, "https://registry.acme.com")).isEqualTo("http://p:3128");
    assertThat(before(both, "http://registry.acme.com:5000")).isEqualTo("http://q:8080");
    assertThat(before(Map.of("HTTP_PROXY", "q"), "https://registry.acme.com")).isEqualTo("none");
    assertThat(new Proxies(Map.of("NO_PROXY", "*", "https_proxy", " ")).areSet()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:5000",
        "https://127.0.0.1",
        "http://[::1]:5000",
        "http://127.9.9.9"
      })
  void never_stand_before_this_machine(String target) {
    var both = Map.of("HTTPS_PROXY", "http://p:3128", "HTTP_PROXY", "http://p:3128");

    assertThat(before(both, target)).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({
    "acme.com, https://acme.com, true",
    "acme.com, https://registry.acme.com, true",
    "acme.com, https://notacme.com, false",
    ".acme.com, https://registry.acme.com, true",
    ".acme.com, https://acme.com, false",
    "*.acme.com, https://registry.acme.com, true",
    "acme.com:5000, https://acme.com:5000, true",
    "acme.com:5000, https://acme.com, false",
    "acme.com:443, https://acme.com, true",
    "10.0.0.5, https://10.0.0.5:8443, true",
    "10.0.0.0/8, https://10.9.9.9, true",
    "10.0.0.0/8, https://11.9.9.9, false",
    "10.0.0.0/8, https://10.acme.com, false",
    "'a.com, ACME.com', https://acme.com, true",
    "*, https://acme.com, true"
  })
  void do_not_stand_before_those_that_are_excepted(String except, String target, boolean direct) {
    var environment = Map.of("HTTPS_PROXY", "http://p:3128", "no_proxy", except);

    assertThat(before(environment, target)).isEqualTo(direct ? "none" : "http://p:3128");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://ben:hush@p:3128", "socks5://p:1080", "http://", "http://p q"})
  void that_cannot_be_used_are_told_without_a_password(String written) {
    assertThatThrownBy(() -> before(Map.of("HTTPS_PROXY", written), "https://acme.com"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining("hush");
  }
}
