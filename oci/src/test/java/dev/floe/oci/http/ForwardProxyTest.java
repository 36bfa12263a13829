package dev.floe.oci.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryAccess.ClientCertificate;
import dev.floe.manifest.RegistryUrl;
import dev.floe.manifest.Secret;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.credentials.CredentialSource;
import dev.floe.oci.testing.Certificates;
import dev.floe.oci.testing.Faults;
import dev.floe.oci.testing.FaultyProxy.Fault;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.RawServer;
import dev.floe.oci.testing.Refusals;
import dev.floe.oci.testing.Samples;
import dev.floe.oci.testing.TlsServer;
import dev.floe.oci.testing.TunnelProxy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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
    use(proxy.host());
  }

  private static void use(String host) {
    for (String scheme : List.of("http", "https")) {
      System.setProperty(scheme + ".proxyHost", "127.0.0.1");
      System.setProperty(scheme + ".proxyPort", host.replaceFirst(".*:", ""));
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
  @Requirement("337.7")
  void is_the_one_that_the_environment_names() {
    HttpSettings settings =
        Place.SETTINGS.withProxies(Map.of("http_proxy", "http://" + proxy.host()));
    System.clearProperty("http.proxyHost");

    Repository registry =
        new HttpRegistry("registry.invalid", true, CredentialSource.anonymous(), settings)
            .repository("dev/app");

    assertThat(registry.manifest("v1").bytes()).isEqualTo(Samples.text(MANIFEST));
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

  @Test
  void tunnels_to_a_registry_that_is_known_by_its_own_name_and_knows_us() throws IOException {
    Certificates ca = Certificates.of("ca");
    Fault manifest = Faults.serving("x/y", Samples.text(MANIFEST));
    try (TlsServer server = TlsServer.start(ca, "127.0.0.1", "registry.invalid", manifest);
        TunnelProxy tunnel = TunnelProxy.to(server.host())) {
      use(tunnel.host());

      assertThat(through(ca).manifest("v1").bytes()).isEqualTo(Samples.text(MANIFEST));

      assertThat(tunnel.asked()).containsExactly("CONNECT registry.invalid:443 HTTP/1.1");
      assertThat(server.clients()).containsExactly("CN=floe");
    }
  }

  @Test
  void does_not_get_us_to_speak_to_a_registry_of_another_name() throws IOException {
    Certificates ca = Certificates.of("ca");
    try (TlsServer server = TlsServer.start(ca, "127.0.0.1", "other.invalid", Faults.status(200));
        TunnelProxy tunnel = TunnelProxy.to(server.host())) {
      use(tunnel.host());

      assertThat(Refusals.troubleOf(() -> through(ca).manifest("v1")))
          .isEqualTo(RegistryTrouble.UNSAFE);

      assertThat(server.clients()).isEmpty();
    }
  }

  private static Repository through(Certificates ca) {
    Certificates.Issued client = ca.client("floe");
    Map<String, String> environment =
        Map.of("CA", ca.ca().pem(), "CERT", client.pem(), "KEY", client.keyPem());
    RegistryAccess access =
        new RegistryAccess(
            null,
            new Secret.FromEnv("CA"),
            new ClientCertificate(new Secret.FromEnv("CERT"), new Secret.FromEnv("KEY")));
    return new Registries(Place.SETTINGS, environment)
        .repository(RegistryUrl.parse("oci://registry.invalid/dev"), "app", access);
  }
}
