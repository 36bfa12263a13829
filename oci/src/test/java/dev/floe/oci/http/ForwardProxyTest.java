package dev.floe.oci.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.RawServer;
import dev.floe.oci.testing.Refusals;
import dev.floe.oci.testing.Samples;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** The proxy that the Java runtime is told of stands between us and registries elsewhere. */
@Isolated
@Timeout(20)
class ForwardProxyTest {

  private static final String MANIFEST = "{\"schemaVersion\":2,\"layers\":[]}";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private RawServer proxy;

  @BeforeEach
  void open() {
    proxy =
        RawServer.start(
            (head, out) -> {
              String line = head.lines().findFirst().orElse("");
              asked.add(line);
              RawServer.write(
                  out,
                  line.startsWith("CONNECT")
                      ? "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"
                      : "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                          .formatted(MANIFEST.length(), MANIFEST));
              return true;
            });
    for (String scheme : List.of("http", "https")) {
      System.setProperty(scheme + ".proxyHost", "127.0.0.1");
      System.setProperty(scheme + ".proxyPort", proxy.host().replaceFirst(".*:", ""));
    }
  }

  @AfterEach
  void close() {
    for (String scheme : List.of("http", "https")) {
      System.clearProperty(scheme + ".proxyHost");
      System.clearProperty(scheme + ".proxyPort");
    }
    proxy.close();
  }

  private static Repository repository(boolean plainHttp) {
    return new HttpRegistry(
            "registry.invalid", plainHttp, CredentialSource.anonymous(), Place.SETTINGS)
        .repository("dev/app");
  }

  @Test
  void fetches_over_http() {
    assertThat(repository(true).manifest("v1").bytes()).isEqualTo(Samples.text(MANIFEST));
    assertThat(asked)
        .containsExactly("GET http://registry.invalid/v2/dev/app/manifests/v1 HTTP/1.1");
  }

  @Test
  void does_not_pass_for_a_registry_when_it_refuses_a_tunnel() {
    assertThat(Refusals.of(() -> repository(false).manifest("v1")))
        .returns(RegistryTrouble.UNREACHABLE, RegistryException::trouble)
        .hasMessageContaining("the proxy does not lead there, it answered 403");
    assertThat(asked).isNotEmpty().containsOnly("CONNECT registry.invalid:443 HTTP/1.1");
  }
}
