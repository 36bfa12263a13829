package dev.floe.oci.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryAccess.ClientCertificate;
import dev.floe.manifest.Secret;
import dev.floe.oci.http.TlsSource.UnusableTls;
import dev.floe.oci.testing.Certificates;
import dev.floe.oci.testing.Certificates.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with the files that a manifest names for a registry's connections. */
@Requirement("335.5")
class TlsFilesTest {

  private static final Certificates CA = Certificates.of("ca");
  private static final Issued CLIENT = CA.client("floe");

  @TempDir Path folder;
  private Path ca;
  private Path certificate;
  private Path key;

  @BeforeEach
  void write() throws IOException {
    ca = Files.writeString(folder.resolve("ca.pem"), CA.ca().pem());
    certificate = Files.writeString(folder.resolve("client.pem"), CLIENT.pem());
    key = Files.writeString(folder.resolve("client.key"), CLIENT.keyPem());
  }

  private static Secret file(Path path) {
    return new Secret.FromFile(path.toString());
  }

  private TlsFiles files() {
    var client = new ClientCertificate(file(certificate), file(key));
    return of(new RegistryAccess(null, file(ca), client), Map.of());
  }

  private static TlsFiles of(RegistryAccess access, Map<String, String> environment) {
    return new TlsFiles("registry.internal:5000", access, environment);
  }

  private static SSLContext registry(TlsFiles files) throws UnusableTls {
    return files.contextFor("registry.internal", 5000);
  }

  private String refusal() {
    return refusal(files());
  }

  private static String refusal(TlsFiles files) {
    var thrown = assertThatExceptionOfType(UnusableTls.class).isThrownBy(() -> registry(files));
    thrown.withMessageNotContaining("\n");
    return String.valueOf(thrown.actual().getMessage());
  }

  @Test
  void one_context_serves_until_a_file_changes() throws IOException {
    TlsFiles files = files();
    SSLContext first = registry(files);
    assertThat(registry(files)).isSameAs(first);

    Issued renewed = CA.client("floe");
    Files.writeString(certificate, renewed.pem());
    Files.writeString(key, renewed.keyPem());

    assertThat(registry(files)).isNotSameAs(first);
  }

  @Test
  void who_is_not_the_registry_itself_gets_another_context() throws IOException {
    TlsFiles files = files();

    assertThat(files.contextFor("REGISTRY.internal", 5000)).isSameAs(registry(files));
    assertThat(files.contextFor("registry.internal", 5001)).isNotSameAs(registry(files));
    assertThat(files.contextFor("registry.internal", -1)).isNotSameAs(registry(files));
    assertThat(files.contextFor("storage.internal", 5000))
        .isNotSameAs(registry(files))
        .isSameAs(files.contextFor("auth.internal", 443));
  }

  @Test
  void a_port_that_nobody_wrote_is_that_of_https() throws IOException {
    var client = new ClientCertificate(file(certificate), file(key));
    var files = new TlsFiles("a.example.com", new RegistryAccess(null, null, client), Map.of());

    assertThat(files.contextFor("a.example.com", 443))
        .isSameAs(files.contextFor("a.example.com", -1))
        .isNotSameAs(files.contextFor("b.example.com", 443));
  }

  @Test
  void all_may_stand_in_variables() throws IOException {
    var client = new ClientCertificate(new Secret.FromEnv("CERT"), new Secret.FromEnv("KEY"));
    var access = new RegistryAccess(null, new Secret.FromEnv("CA"), client);
    Map<String, String> set =
        Map.of("CA", CA.ca().pem(), "CERT", CLIENT.pem(), "KEY", CLIENT.keyPem());

    assertThat(registry(of(access, set))).isNotNull();
    assertThat(refusal(of(access, Map.of("CERT", "", "KEY", ""))))
        .isEqualTo("its ca env:CA is not set; that variable holds PEM");
  }

  @Test
  void a_file_that_is_not_there_is_named() throws IOException {
    Files.delete(ca);

    assertThat(refusal())
        .isEqualTo(
            "its ca file:%s does not exist; put the PEM there, or correct the manifest"
                .formatted(ca));
  }

  @Test
  void a_file_that_cannot_be_read_is_named() throws IOException {
    Files.delete(key);
    Files.createDirectory(key);

    assertThat(refusal()).startsWith("its client_key file:%s cannot be read".formatted(key));
  }

  @Test
  void what_is_no_pem_is_told() throws IOException {
    Files.writeString(ca, "nothing of the kind");
    assertThat(refusal())
        .isEqualTo(
            "its ca file:%s holds no certificate in PEM; it begins with -----BEGIN CERTIFICATE-----"
                .formatted(ca));

    Files.writeString(ca, CA.ca().pem().replace("MI", "M!"));
    assertThat(refusal())
        .isEqualTo(
            "its ca file:%s holds a certificate that cannot be read; copy the whole block again"
                .formatted(ca));

    Files.write(ca, new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xfd});
    assertThat(refusal()).contains("its ca file:" + ca);
  }

  @Test
  void a_ca_that_has_expired_is_told_unless_a_present_one_stands_beside_it() throws IOException {
    Instant past = Instant.parse("2024-02-03T04:05:06Z");
    String old = Certificates.of("old", past).ca().pem();
    Files.writeString(ca, old);
    assertThat(refusal())
        .isEqualTo(
            "its ca file:%s expired on %s; put the registry's present CA there"
                .formatted(ca, past));

    Files.writeString(ca, old + "and for people, in between\n" + CA.ca().pem());
    assertThat(registry(files())).isNotNull();
  }

  @Test
  void a_client_certificate_that_has_expired_is_told() throws IOException {
    Instant past = Instant.parse("2024-02-03T04:05:06Z");
    Issued old = CA.client("floe", CLIENT.keys(), past);
    Files.writeString(certificate, old.pem());

    assertThat(refusal())
        .isEqualTo(
            "its client_certificate file:%s expired on %s; put a renewed one there"
                .formatted(certificate, past));
  }

  @Test
  void what_expires_while_it_is_used_is_used_no_more() throws IOException {
    Instant end = CLIENT.certificate().getNotAfter().toInstant();
    AtomicReference<Instant> now = new AtomicReference<>(end.minusSeconds(1));
    var client = new ClientCertificate(file(certificate), file(key));
    var access = new RegistryAccess(null, file(ca), client);
    TlsFiles files = new TlsFiles("registry.internal:5000", access, Map.of(), now::get);
    assertThat(registry(files)).isNotNull();

    now.set(end);

    assertThat(refusal(files)).contains("its client_certificate").contains("expired on " + end);
  }

  @Test
  void a_key_of_another_certificate_is_told() throws IOException {
    Files.writeString(key, CA.client("other").keyPem());
    String told =
        "its client_key file:%s does not belong to the certificate; put its own key there"
            .formatted(key);
    assertThat(refusal()).isEqualTo(told);

    KeyPair rsa = Certificates.keys("RSA", 2048);
    Files.writeString(key, Certificates.pem("PRIVATE KEY", rsa.getPrivate().getEncoded()));
    assertThat(refusal()).isEqualTo(told);

    Files.writeString(key, Certificates.pem("RSA PRIVATE KEY", new byte[] {1, 2, 3}));
    assertThat(refusal()).isEqualTo(told);
  }

  @Test
  void an_encrypted_key_is_told() throws IOException {
    String told = "is encrypted, and nobody is there to type the password";
    Files.writeString(key, Certificates.pem("ENCRYPTED PRIVATE KEY", new byte[200]));
    assertThat(refusal()).contains(told);

    String header = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0102\n\n";
    String old = Certificates.pem("RSA PRIVATE KEY", new byte[200]);
    Files.writeString(key, old.replaceFirst("\n", "\n" + header));
    assertThat(refusal()).contains(told);
  }

  @Test
  void one_key_belongs_there() throws IOException {
    Files.writeString(key, CLIENT.pem());
    assertThat(refusal()).endsWith("holds 0 private keys in PEM; one belongs there");

    Files.writeString(key, CLIENT.keyPem() + CLIENT.keyPem());
    assertThat(refusal()).endsWith("holds 2 private keys in PEM; one belongs there");
  }

  @Test
  void a_kind_of_key_that_tls_does_not_take_is_told() throws IOException {
    KeyPair odd = Certificates.keys("Ed25519", 255);
    Issued issued = CA.client("floe", odd, Instant.now().plus(Duration.ofHours(1)));
    Files.writeString(certificate, issued.pem());
    Files.writeString(key, issued.keyPem());

    assertThat(refusal()).endsWith("is for a certificate with EdDSA; use one with RSA or EC");
  }

  @Test
  void a_key_may_stand_beside_its_certificate_in_one_file() throws IOException {
    Files.writeString(certificate, CLIENT.keyPem() + CLIENT.pem() + CA.ca().pem());
    key = certificate;

    assertThat(registry(files())).isNotNull();
  }

  @Test
  void older_forms_of_keys_are_read() throws IOException {
    KeyPair rsa = Certificates.keys("RSA", 2048);
    Issued issued = CA.client("floe", rsa, Instant.now().plus(Duration.ofHours(1)));
    Files.writeString(certificate, issued.pem());
    Files.writeString(key, Certificates.pem("RSA PRIVATE KEY", inner(rsa)));
    assertThat(registry(files())).isNotNull();

    Files.writeString(certificate, CLIENT.pem());
    String parameters = Certificates.pem("EC PARAMETERS", new byte[] {5, 0});
    Files.writeString(key, parameters + Certificates.pem("EC PRIVATE KEY", inner(CLIENT.keys())));
    assertThat(registry(files())).isNotNull();
  }

  /** What PKCS#8 wraps, which is the key as PKCS#1 or SEC 1 write it. */
  private static byte[] inner(KeyPair keys) {
    byte[] pkcs8 = keys.getPrivate().getEncoded();
    int at = headOf(pkcs8, 0) + 3;
    at = headOf(pkcs8, at) + (pkcs8[at + 1] & 0xff);
    return Arrays.copyOfRange(pkcs8, headOf(pkcs8, at), pkcs8.length);
  }

  private static int headOf(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first - 0x80);
  }
}
