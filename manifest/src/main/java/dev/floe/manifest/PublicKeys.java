package dev.floe.manifest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the public keys that signatures are checked with: ECDSA on P-256 or P-384, Ed25519, and
 * RSA.
 */
public final class PublicKeys {

  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]*)-----END PUBLIC KEY-----",
          Pattern.MULTILINE);
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  /** NIST SP 800-131A, and what can still be checked quickly. */
  private static final int LEAST_RSA = 2048;

  private static final int MOST_RSA = 8192;

  private PublicKeys() {}

  /**
   * The one key that the PEM text holds.
   *
   * @throws IllegalArgumentException that says what is wrong, never what stands there
   */
  public static PublicKey read(String pem) {
    String text = pem.strip();
    if (text.contains("PRIVATE KEY")) {
      throw new IllegalArgumentException("it is a private key; only its public half belongs here");
    }
    if (text.indexOf("BEGIN PUBLIC KEY") != text.lastIndexOf("BEGIN PUBLIC KEY")) {
      throw new IllegalArgumentException("it holds more than one key; list each by itself");
    }
    Matcher block = PEM.matcher(text);
    if (!block.matches()) {
      throw new IllegalArgumentException("it is no public key in PEM (-----BEGIN PUBLIC KEY-----)");
    }
    return decode(block.group(1));
  }

  /** The key in the one PEM text that all PEM texts of this key come down to. */
  static String pem(PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----"
        .formatted(LINES.encodeToString(key.getEncoded()));
  }

  private static PublicKey decode(String base64) {
    byte[] der;
    try {
      der = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("its base64 is broken; copy the whole block again");
    }
    for (String algorithm : List.of("EC", "Ed25519", "RSA")) {
      try {
        PublicKey key =
            KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
        checkSize(key);
        return key;
      } catch (GeneralSecurityException _) {
        // Not of this kind.
      }
    }
    throw new IllegalArgumentException(
        "it is of a kind that is not supported; use ECDSA on P-256 or P-384, Ed25519, or RSA");
  }

  private static void checkSize(PublicKey key) {
    if (key instanceof ECPublicKey ec) {
      int bits = ec.getParams().getCurve().getField().getFieldSize();
      if (bits != 256 && bits != 384) {
        throw new IllegalArgumentException(
            "its curve has %d bits; only P-256 and P-384 are supported".formatted(bits));
      }
    }
    if (key instanceof RSAPublicKey rsa) {
      int bits = rsa.getModulus().bitLength();
      if (bits < LEAST_RSA || bits > MOST_RSA) {
        throw new IllegalArgumentException(
            "it is RSA with %d bits; only %d to %d are supported"
                .formatted(bits, LEAST_RSA, MOST_RSA));
      }
    }
  }
}
