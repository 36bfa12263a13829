package dev.floe.manifest;

import static dev.floe.manifest.Manifests.errors;
import static dev.floe.manifest.Manifests.problems;
import static dev.floe.manifest.Manifests.warnings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Requirement;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement("328.9")
class SignersTest {

  private static final String PEM =
      """
      -----BEGIN PUBLIC KEY-----
      MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExRRST79+PsrRBnGAI4cMu6Omz2Jh
      fwlMW+gIutNKVRaMyS4rQKvgngc5p8UbLj55pVHhIoAxi/SRgURZI0J3Xw==
      -----END PUBLIC KEY-----\
      """;
  private static final String INLINE = "\"" + PEM.replace("\n", "\\n") + "\"";
  private static final String KEYLESS =
      "keyless: {trusted_root: file:/r.json, issuer: https://i, identity: a@b.c}";

  private static String gates(String gates) {
    return Manifests.USUAL + "    - " + gates + "\n";
  }

  private static Gate gate(String settings) {
    return Manifests.of(gates("{name: security_scan, " + settings + "}"))
        .gate("security_scan")
        .orElseThrow();
  }

  private static String pem(String algorithm, String curveOrSize) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("RSA")) {
      generator.initialize(Integer.parseInt(curveOrSize));
    } else if (!curveOrSize.isEmpty()) {
      generator.initialize(new ECGenParameterSpec(curveOrSize));
    }
    KeyPair pair = generator.generateKeyPair();
    return block("PUBLIC KEY", pair.getPublic().getEncoded());
  }

  private static String block(String kind, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(der), kind);
  }

  @Test
  void are_keys_wherever_they_stand_and_an_identity() {
    Gate gate = gate("keys: [file:/etc/floe.pub, env:KEY, " + INLINE + "], " + KEYLESS);

    assertThat(gate.kind()).isEqualTo(Gate.Kind.BUILT_IN);
    assertThat(gate.signers().keys())
        .containsExactly(
            new Secret.FromFile("/etc/floe.pub"),
            new Secret.FromEnv("KEY"),
            new Secret.Inline(PEM));
    assertThat(gate.signers().keyless())
        .isEqualTo(new Signers.Keyless("/r.json", "https://i", "a@b.c", null));
    assertThat(gate("keys: file:/etc/floe.pub").signers().keys()).hasSize(1);
  }

  @Test
  void stand_whole_in_the_recorded_manifest_and_come_back() {
    Manifest manifest =
        Manifests.of(
            gates(
                "{name: security_scan, keys: [file:/k.pub, env:KEY, %s], %s}"
                    .formatted(INLINE, KEYLESS.replace("identity:", "identity_regexp:"))));

    String json = manifest.canonicalJson();
    Manifest back = Manifest.fromCanonicalJson(json);

    assertThat(json).contains("file:/k.pub", "env:KEY", "BEGIN PUBLIC KEY", "file:/r.json");
    assertThat(back.gate("security_scan").orElseThrow().signers())
        .isEqualTo(manifest.gate("security_scan").orElseThrow().signers());
    assertThat(back.canonicalJson()).isEqualTo(json);
    assertThat(back.rulesHash("prod")).isEqualTo(manifest.rulesHash("prod"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys: [file:/other.pub]",
        "keys: [file:/k.pub, file:/other.pub]",
        "keys: [env:KEY]",
        "keys: [file:/k.pub], keyless: {trusted_root: file:/r, issuer: i, identity: a}",
        "keyless: {trusted_root: file:/r, issuer: i, identity: a}"
      })
  void are_part_of_what_the_gate_is(String other) {
    Gate gate = gate("keys: [file:/k.pub]");

    assertThat(gate(other).definitionHash()).isNotEqualTo(gate.definitionHash());
    assertThat(Manifests.of(gates("{name: security_scan, " + other + "}")).rulesHash("prod"))
        .isNotEqualTo(
            Manifests.of(gates("{name: security_scan, keys: [file:/k.pub]}")).rulesHash("prod"));
  }

  @Test
  void each_part_of_keyless_counts() {
    String hash = gate(KEYLESS).definitionHash();

    for (String[] change :
        new String[][] {
          {"/r.json", "/s.json"},
          {"https://i", "https://j"},
          {"a@b.c", "d@b.c"},
          {"identity:", "identity_regexp:"}
        }) {
      assertThat(gate(KEYLESS.replace(change[0], change[1])).definitionHash()).isNotEqualTo(hash);
    }
  }

  @Test
  void the_same_key_in_another_layout_is_the_same_gate() {
    String oneLine = PEM.replace("\n", "").replace("KEY-----M", "KEY-----\\nM");

    assertThat(gate("keys: [\"" + oneLine + "\\n\\n\"]").definitionHash())
        .isEqualTo(gate("keys: [" + INLINE + "]").definitionHash());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: a, command: x, keys: [file:/k]}    | keys belongs to security_scan alone",
        "{name: cost_analysis, keyless: {trusted_root: file:/r, issuer: i, identity: a}}"
            + " | keyless belongs to security_scan alone",
        "{name: security_scan, keys: [cosign.pub]} | it is no public key in PEM",
        "{name: security_scan, keys: ['file:']}    | file: names nothing (write keys: [file:",
        "{name: security_scan, keys: ['env:']}     | env: names nothing",
        "{name: security_scan, keys: []}           | keys lists nothing",
        "{name: security_scan, keys: {a: b}}       | expected a text, found a mapping",
        "{name: security_scan, key: file:/k}       | unknown key key in promotion.validation_gates",
        "{name: security_scan, keyless: {trusted_root: /r, issuer: i, identity: a}}"
            + " | trusted_root must be a file:",
        "{name: security_scan, keyless: {issuer: i, identity: a}}  | trusted_root is missing",
        "{name: security_scan, keyless: {trusted_root: file:/r, identity: a}} | issuer is missing",
        "{name: security_scan, keyless: {trusted_root: file:/r, issuer: i}}"
            + " | keyless needs either identity or identity_regexp",
        "{name: security_scan, keyless: {trusted_root: file:/r, issuer: i, identity: a,"
            + " identity_regexp: b}} | keyless needs either identity or identity_regexp",
        "{name: security_scan, keyless: {trusted_root: file:/r, issuer: i, identity_regexp: '['}}"
            + " | identity_regexp is not a regular expression",
        "{name: security_scan, keyless: {trusted_root: file:/r, issuer: i, identity: a, subject:"
            + " b}} | unknown key subject in promotion.validation_gates.keyless",
      })
  void a_mistake_is_an_error(String gate, String message) {
    assertThat(errors(gates(gate))).singleElement().asString().contains(message);
  }

  @Test
  void a_command_beside_them_is_a_warning() {
    assertThat(warnings(gates("{name: security_scan, command: x, keys: [file:/k]}")))
        .singleElement()
        .asString()
        .contains("the command replaces the built-in check: keys is not used (keep one)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"security_scan", "{name: security_scan}"})
  void nobody_at_all_is_a_warning(String gate) {
    assertThat(problems(gates(gate)))
        .singleElement()
        .asString()
        .contains("warning: security_scan has no keys, no keyless and no command")
        .contains("(add keys: [file:/etc/floe/cosign.pub])");
    assertThat(problems(gates("{name: security_scan, enabled: false}"))).isEmpty();
    assertThat(problems(gates("{name: security_scan, command: x}"))).isEmpty();
  }

  @Test
  void a_private_key_is_refused_and_not_repeated() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String secret = block("PRIVATE KEY", pair.getPrivate().getEncoded());
    String yaml =
        gates(
            "{name: security_scan, keys: [\"%s\"]}".formatted(secret.replaceAll("\r?\n", "\\\\n")));

    assertThat(errors(yaml))
        .singleElement()
        .asString()
        .contains("it is a private key; only its public half belongs here")
        .doesNotContain(secret.lines().toList().get(1));
  }

  @Test
  void keys_are_of_the_kinds_that_can_be_checked() throws GeneralSecurityException {
    for (String pem :
        new String[] {
          pem("EC", "secp256r1"), pem("EC", "secp384r1"), pem("Ed25519", ""), pem("RSA", "2048")
        }) {
      assertThat(PublicKeys.read(PublicKeys.pem(PublicKeys.read(pem))))
          .isEqualTo(PublicKeys.read(pem));
    }
    assertRefused(pem("EC", "secp521r1"), "its curve has 521 bits");
    assertRefused(pem("RSA", "1024"), "it is RSA with 1024 bits; only 2048 to 8192");
    assertRefused(pem("DSA", ""), "a kind that is not supported");
    assertRefused(PEM + "\n" + PEM, "more than one key");
    assertRefused(PEM.replace("MFkw", "MFk"), "base64 is broken");
    assertRefused(PEM.replace("MFkw", "AAAA"), "a kind that is not supported");
  }

  private static void assertRefused(String pem, String why) {
    assertThatThrownBy(() -> PublicKeys.read(pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
