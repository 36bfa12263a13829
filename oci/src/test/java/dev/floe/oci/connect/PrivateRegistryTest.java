package dev.floe.oci.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryAccess.ClientCertificate;
import dev.floe.manifest.RegistryUrl;
import dev.floe.manifest.Secret;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.testing.Certificates;
import dev.floe.oci.testing.Certificates.Issued;
import dev.floe.oci.testing.DockerRegistry;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Refusals;
import dev.floe.oci.testing.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A registry under a CA that only it has, open to those alone who show a certificate of that CA.
 */
@Requirement({"326.5", "335.5"})
@Timeout(60)
class PrivateRegistryTest {

  private static final Certificates CA = Certificates.of("private ca");
  private static final Certificates STRANGE = Certificates.of("strange ca");

  /** Often enough to hit every order in which the refusal and our request can cross. */
  private static final int MANY = 20;

  @TempDir static Path folder;
  private static DockerRegistry server;
  private final Registries registries = new Registries(Place.SETTINGS, Map.of());

  @BeforeAll
  static void start() {
    assumeThat(DockerRegistry.isInstalled()).as("docker-registry is installed").isTrue();
    server = DockerRegistry.startSecure(folder.resolve("registry"), CA);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static Secret file(String name, String text) {
    try {
      return new Secret.FromFile(Files.writeString(folder.resolve(name), text).toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Secret trusted() {
    return file("ca.pem", CA.ca().pem());
  }

  private static ClientCertificate of(Issued client) {
    String name = client.certificate().getSerialNumber().toString();
    return new ClientCertificate(
        file(name + ".pem", client.pem()), file(name + ".key", client.keyPem()));
  }

  private static Descriptor blob(byte[] content) {
    return new Descriptor("x/y", Digest.sha256(content), content.length);
  }

  private Repository repository(@Nullable Secret ca, @Nullable ClientCertificate client) {
    RegistryUrl url = RegistryUrl.parse("oci://" + server.host() + "/floe");
    return registries.repository(url, "app", new RegistryAccess(null, ca, client));
  }

  private RegistryException refusal(@Nullable Secret ca, @Nullable ClientCertificate client) {
    return Refusals.of(() -> repository(ca, client).head("v1"));
  }

  @Test
  void takes_and_gives_with_its_ca_and_a_certificate() throws IOException {
    byte[] content = Samples.noise("private", 300_000);
    Descriptor blob = blob(content);
    Repository repository = repository(trusted(), of(CA.client("floe")));

    repository.putBlob(blob, BlobSource.of(content));

    assertThat(repository.hasBlob(blob)).isTrue();
    try (InputStream in = repository.blob(blob)) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void is_not_trusted_without_its_ca() {
    ClientCertificate client = of(CA.client("floe"));

    for (Secret ca : new @Nullable Secret[] {null, file("strange.pem", STRANGE.ca().pem())}) {
      assertThat(refusal(ca, client))
          .returns(RegistryTrouble.UNSAFE, RegistryException::trouble)
          .hasMessageContaining("its certificate is not trusted; configure its CA");
    }
  }

  @Test
  void refuses_who_shows_no_certificate_or_one_of_another_ca() {
    for (ClientCertificate client :
        new @Nullable ClientCertificate[] {null, of(STRANGE.client("floe"))}) {
      for (int time = 0; time < MANY; time++) {
        assertThat(refusal(trusted(), client))
            .returns(RegistryTrouble.UNAUTHORIZED, RegistryException::trouble)
            .hasMessageContaining(server.host())
            .hasMessageContaining("it wants a client certificate of a CA that it trusts")
            .hasMessageContaining("configure client_certificate and client_key");
      }
    }
  }

  @Test
  void refuses_an_upload_without_a_certificate_in_the_same_words() {
    byte[] content = Samples.noise("refused", 3_000_000);

    assertThat(
            Refusals.of(
                () -> {
                  repository(trusted(), null).putBlob(blob(content), BlobSource.of(content));
                  return "sent";
                }))
        .returns(RegistryTrouble.UNAUTHORIZED, RegistryException::trouble)
        .hasMessageContaining("it wants a client certificate");
  }

  @Test
  void gets_nothing_where_a_file_is_missing() {
    Secret gone = new Secret.FromFile(folder.resolve("gone.pem").toString());

    assertThat(refusal(gone, null))
        .returns(RegistryTrouble.UNAUTHORIZED, RegistryException::trouble)
        .hasMessage(
            "tried to look up manifest floe/app:v1 at %s but its ca %s does not exist; put the PEM there,"
                    .formatted(server.host(), gone)
                + " or correct the manifest");
  }

  @Test
  void counts_a_certificate_that_was_renewed_in_place() {
    Issued strange = STRANGE.client("floe");
    ClientCertificate client = of(strange);
    assertThat(refusal(trusted(), client).trouble()).isEqualTo(RegistryTrouble.UNAUTHORIZED);

    Issued right = CA.client("floe");
    String name = strange.certificate().getSerialNumber().toString();
    file(name + ".pem", right.pem());
    file(name + ".key", right.keyPem());

    assertThat(repository(trusted(), client).head("v1")).isEmpty();
  }
}
