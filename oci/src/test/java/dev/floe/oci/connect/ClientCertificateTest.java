package dev.floe.oci.connect;

import static dev.floe.oci.testing.Faults.serving;
import static dev.floe.oci.testing.Faults.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryAccess.ClientCertificate;
import dev.floe.manifest.RegistryUrl;
import dev.floe.manifest.Secret;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.testing.Certificates;
import dev.floe.oci.testing.Certificates.Issued;
import dev.floe.oci.testing.FaultyProxy.Fault;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Refusals;
import dev.floe.oci.testing.Samples;
import dev.floe.oci.testing.TlsServer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets to see our certificate, when a registry leads elsewhere. */
@Requirement("335.5")
@Timeout(30)
class ClientCertificateTest {

  private static final String REGISTRY = "127.0.0.2";
  private static final String ELSEWHERE = "127.0.0.3";
  private static final Certificates CA = Certificates.of("ca");
  private static final Issued CLIENT = CA.client("floe");
  private static final byte[] MANIFEST = Samples.text("{\"schemaVersion\":2,\"layers\":[]}");
  private static final Fault SERVING =
      serving("application/vnd.oci.image.manifest.v1+json", MANIFEST);

  private static TlsServer server(String address, Fault behaviour) {
    return TlsServer.start(CA, address, behaviour);
  }

  private static Repository repository(TlsServer server) {
    return repository(server, Set.of());
  }

  private static Repository repository(TlsServer server, Set<String> trusted) {
    var client = new ClientCertificate(new Secret.FromEnv("CERT"), new Secret.FromEnv("KEY"));
    Map<String, String> environment =
        Map.of(
            "CA", CA.ca().pem(),
            "CERT", CLIENT.pem(),
            "KEY", CLIENT.keyPem(),
            "USER", "ben:" + Refusals.PASSWORD);
    RegistryAccess access =
        new RegistryAccess(new Secret.FromEnv("USER"), new Secret.FromEnv("CA"), client);
    RegistryUrl url = RegistryUrl.parse("oci://" + server.host() + "/dev");
    return new Registries(Place.SETTINGS.withTrustedHosts(trusted), environment)
        .repository(url, "app", access);
  }

  private static Fault sendingTo(TlsServer other) {
    return status(307, "Location", "https://" + other.host() + "/there");
  }

  @Test
  void the_registry_does() {
    try (TlsServer registry = server(REGISTRY, SERVING)) {
      assertThat(repository(registry).manifest("v1").bytes()).isEqualTo(MANIFEST);
      assertThat(registry.clients()).containsExactly("CN=floe");
    }
  }

  @Test
  void the_storage_it_redirects_to_does_not_and_its_ca_counts_there() {
    try (TlsServer storage = server(ELSEWHERE, SERVING);
        TlsServer registry = server(REGISTRY, sendingTo(storage))) {
      assertThat(repository(registry).manifest("v1").bytes()).isEqualTo(MANIFEST);
      assertThat(registry.clients()).containsExactly("CN=floe");
      assertThat(storage.clients()).containsExactly("");
      assertThat(storage.authorizations()).containsExactly("");
    }
  }

  @Test
  void another_port_of_the_same_host_does_not() {
    try (TlsServer storage = server(REGISTRY, SERVING);
        TlsServer registry = server(REGISTRY, sendingTo(storage))) {
      assertThat(repository(registry).manifest("v1").bytes()).isEqualTo(MANIFEST);
      assertThat(storage.clients()).containsExactly("");
    }
  }

  @Test
  void a_storage_under_a_ca_that_nobody_named_gets_nothing_at_all() {
    try (TlsServer storage = TlsServer.start(Certificates.of("other"), ELSEWHERE, SERVING);
        TlsServer registry = server(REGISTRY, sendingTo(storage))) {
      assertThat(Refusals.troubleOf(() -> repository(registry).manifest("v1")))
          .isEqualTo(RegistryTrouble.UNSAFE);
      assertThat(storage.clients()).isEmpty();
    }
  }

  @Test
  void a_token_service_that_may_see_the_credentials_does_not() {
    try (TlsServer tokens =
            server(REGISTRY, serving("application/json", Samples.text("{\"token\":\"t0ken\"}")));
        TlsServer registry =
            server(
                REGISTRY,
                exchange ->
                    exchange.getRequestHeaders().getFirst("Authorization") == null
                        ? status(
                                401,
                                "WWW-Authenticate",
                                "Bearer realm=\"https://" + tokens.host() + "/token\"")
                            .answers(exchange)
                        : SERVING.answers(exchange))) {
      Repository repository = repository(registry, Set.of(tokens.host()));
      assertThat(repository.manifest("v1").bytes()).isEqualTo(MANIFEST);
      assertThat(registry.clients()).containsOnly("CN=floe");
      assertThat(registry.authorizations()).containsExactly("", "Bearer t0ken");
      assertThat(tokens.clients()).containsExactly("");
      assertThat(tokens.authorizations()).singleElement().asString().startsWith("Basic ");
    }
  }

  @Test
  void another_registry_with_the_same_files_does_in_its_own_right() {
    try (TlsServer one = server(REGISTRY, SERVING);
        TlsServer other = server(ELSEWHERE, SERVING)) {
      assertThat(repository(one).manifest("v1").bytes()).isEqualTo(MANIFEST);
      assertThat(repository(other).manifest("v1").bytes()).isEqualTo(MANIFEST);
      assertThat(other.clients()).containsExactly("CN=floe");
    }
  }
}
