package dev.floe.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.cli.console.Failure;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxiesTest {

  private static final Map<String, String> BOTH =
      Map.of("HTTPS_PROXY", "http://proxy.acme.com:3128", "http_proxy", "plain.acme.com");

  private static String proxy(Map<String, String> environment, String url) {
    Proxy proxy = Proxies.of(environment).forAddress(URI.create(url));
    return proxy.address() == null ? "none" : proxy.address().toString();
  }

  @Test
  void each_scheme_has_its_proxy() {
    assertThat(proxy(BOTH, "https://floe.acme.com/api"))
        .startsWith("proxy.acme.com")
        .endsWith(":3128");
    assertThat(proxy(BOTH, "http://floe.acme.com/api"))
        .startsWith("plain.acme.com")
        .endsWith(":80");
    assertThat(proxy(Map.of(), "https://floe.acme.com")).isEqualTo("none");
    assertThat(proxy(Map.of("HTTP_PROXY", "http://x:1"), "http://floe.acme.com")).isEqualTo("none");
  }

  @Test
  void this_machine_is_asked_itself() {
    for (String host : new String[] {"127.0.0.1", "127.1.2.3", "localhost", "LOCALHOST", "[::1]"}) {
      assertThat(proxy(BOTH, "http://" + host + ":8080/api")).as(host).isEqualTo("none");
    }
  }

  @Test
  void exceptions_are_hosts_domains_and_ports() {
    assertThat(excepted("floe.acme.com", "https://floe.acme.com")).isTrue();
    assertThat(excepted("other.com, .acme.com", "https://floe.acme.com")).isTrue();
    assertThat(excepted("acme.com", "https://floe.acme.com:8443")).isTrue();
    assertThat(excepted("*.acme.com", "https://floe.acme.com")).isTrue();
    assertThat(excepted("*", "https://floe.acme.com")).isTrue();
    assertThat(excepted("floe.acme.com:8443", "https://floe.acme.com:8443")).isTrue();
    assertThat(excepted("floe.acme.com:8443", "https://floe.acme.com:9443")).isFalse();
    assertThat(excepted("me.com", "https://floe.acme.com")).isFalse();
    assertThat(excepted(",", "https://floe.acme.com")).isFalse();
  }

  private static boolean excepted(String noProxy, String url) {
    var environment = Map.of("HTTPS_PROXY", "http://proxy:1", "NO_PROXY", noProxy);
    return proxy(environment, url).equals("none");
  }

  @Test
  void a_proxy_that_cannot_be_used_is_named_without_its_password() {
    var environment = Map.of("HTTPS_PROXY", "http://ada:secret@proxy:1");

    assertThatThrownBy(() -> proxy(environment, "https://floe.acme.com"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining("secret");
  }
}
