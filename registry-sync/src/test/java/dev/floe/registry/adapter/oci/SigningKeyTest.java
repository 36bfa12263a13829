package dev.floe.registry.adapter.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.manifest.Secret;
import dev.floe.oci.testing.Certificates;
import dev.floe.registry.adapter.oci.SigningKey.UnusableKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {

  private static final byte[] MESSAGE = "promoted".getBytes(UTF_8);

  @TempDir Path folder;

  @Test
  void signs_with_ed25519() {
    signsAlike(Certificates.keys("Ed25519", 255));
  }

  @Test
  void signs_with_ecdsa_on_p256() {
    signsAlike(Certificates.keys("EC", 256));
  }

  /** RFC 6979, A.2.5, with SHA-256 and the message "sample". */
  @Test
  void takes_ecdsa_nonces_from_the_message() {
    String scalar = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";

    byte[] signature = of(rfcKey(scalar)).sign("sample".getBytes(UTF_8));

    assertThat(HexFormat.of().formatHex(signature))
        .isEqualTo(
            "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                + "022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
  }

  private static String rfcKey(String scalar) {
    String pkcs8 =
        "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420" + scalar;
    return Certificates.pem("PRIVATE KEY", HexFormat.of().parseHex(pkcs8));
  }

  private static void signsAlike(KeyPair pair) {
    SigningKey key = of(Keys.pem(pair));

    assertThat(Keys.made(pair.getPublic(), key.sign(MESSAGE), MESSAGE)).isTrue();
    assertThat(key.sign(MESSAGE)).isEqualTo(key.sign(MESSAGE));
    assertThat(key.publicKey()).isEqualTo(pair.getPublic().getEncoded());
  }

  @Test
  void is_read_from_a_file() throws IOException {
    Path file =
        Files.writeString(folder.resolve("key.pem"), Keys.pem(Certificates.keys("Ed25519", 255)));

    SigningKey key = SigningKey.from(new Secret.FromFile(file.toString()), Map.of());

    assertThat(key.sign(MESSAGE)).hasSize(64);
  }

  @Test
  void is_refused_where_there_is_none() {
    Secret file = new Secret.FromFile(folder.resolve("gone.pem").toString());

    refused(file, Map.of(), "promotion.attestation.key: " + file + " does not exist");
    refused(Secret.parse("env:NONE"), Map.of(), "env:NONE is not set");
    refused(Secret.parse("env:EMPTY"), Map.of("EMPTY", ""), "holds no private key in PEM");
  }

  @Test
  void is_refused_in_a_form_that_is_not_read() {
    for (String type : new String[] {"EC PRIVATE KEY", "ENCRYPTED SIGSTORE PRIVATE KEY"}) {
      String pem = Certificates.pem(type, "hush".getBytes(UTF_8));
      refused(Secret.parse("env:KEY"), Map.of("KEY", pem), type + "; openssl pkcs8 -topk8");
    }
  }

  @Test
  void is_refused_if_it_is_of_another_kind_or_broken() {
    String larger = Keys.pem(Certificates.keys("EC", 384));
    String broken = Certificates.pem("PRIVATE KEY", "hush".getBytes(UTF_8));

    refused(Secret.parse("env:KEY"), Map.of("KEY", larger), "use Ed25519, or ECDSA on P-256");
    refused(Secret.parse("env:KEY"), Map.of("KEY", broken), "env:KEY holds a key that is broken");
    refused(Secret.parse("env:KEY"), Map.of("KEY", broken.replace("aHVzaA", "%%")), "broken");
  }

  private static void refused(Secret place, Map<String, String> environment, String why) {
    assertThatThrownBy(() -> SigningKey.from(place, environment))
        .isInstanceOf(UnusableKey.class)
        .hasMessageContaining(why)
        .hasNoCause()
        .message()
        .doesNotContain("hush", "aHVzaA");
  }

  private static SigningKey of(String pem) {
    return SigningKey.from(Secret.parse("env:KEY"), Map.of("KEY", pem));
  }
}
