package dev.floe.gate.adapter.signature;

import dev.floe.manifest.Digest;
import dev.floe.manifest.PublicKeys;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;

/**
 * A public key whose signatures count.
 *
 * @param name what people know it by
 */
public record TrustedKey(String name, PublicKey key) {

  /**
   * The key in the PEM text.
   *
   * @throws IllegalArgumentException if it is none that signatures can be checked with
   */
  public static TrustedKey read(String name, String pem) {
    return new TrustedKey(name, PublicKeys.read(pem));
  }

  /** The first of the keys that made the signature of exactly these bytes. */
  static Optional<TrustedKey> of(byte[] message, byte[] signature, List<TrustedKey> keys) {
    return keys.stream().filter(key -> key.made(signature, message)).findFirst();
  }

  private boolean made(byte[] signature, byte[] message) {
    for (String algorithm : algorithms()) {
      try {
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(key);
        verifier.update(message);
        if (verifier.verify(signature)) {
          return true;
        }
      } catch (GeneralSecurityException _) {
        // Bytes that are no signature of this kind were not made by this key.
      }
    }
    return false;
  }

  /** Tools differ in the hash that they take with P-384. */
  private List<String> algorithms() {
    return switch (key) {
      case ECPublicKey ec when ec.getParams().getCurve().getField().getFieldSize() > 256 ->
          List.of("SHA384withECDSA", "SHA256withECDSA");
      case ECPublicKey _ -> List.of("SHA256withECDSA");
      case RSAPublicKey _ -> List.of("SHA256withRSA");
      default -> List.of("Ed25519");
    };
  }

  /** Name and SHA-256 of the key itself, for a name alone says little. */
  @Override
  public String toString() {
    return "%s (%s)".formatted(name, Digest.sha256(key.getEncoded()));
  }
}
