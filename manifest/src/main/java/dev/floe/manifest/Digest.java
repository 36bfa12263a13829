package dev.floe.manifest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of some bytes, as OCI writes it: {@code sha256:<hex>} or {@code sha512:<hex>}. */
public record Digest(String algorithm, String hex) {

  private static final String EXAMPLE = "sha256: and 64 hexadecimal digits";

  public Digest {
    int length = lengthOf(algorithm);
    if (length == 0) {
      throw invalid(algorithm + ":" + hex, 1, "the algorithm must be sha256 or sha512");
    }
    for (int i = 0; i < hex.length(); i++) {
      char c = hex.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        String why = "not a lower-case hexadecimal digit";
        throw invalid(algorithm + ":" + hex, algorithm.length() + 2 + i, why);
      }
    }
    if (hex.length() != length) {
      String why = "expected %d hexadecimal digits, found %d".formatted(length, hex.length());
      throw invalid(algorithm + ":" + hex, algorithm.length() + 2, why);
    }
  }

  /**
   * Reads {@code <algorithm>:<hex>}.
   *
   * @throws InvalidWord with position and example
   */
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw invalid(text, text.length() + 1, "expected <algorithm>:<hex>");
    }
    return new Digest(text.substring(0, colon), text.substring(colon + 1));
  }

  public static Digest sha256(byte[] bytes) {
    return compute("sha256", bytes);
  }

  /** The SHA-256 of the text's UTF-8 bytes. */
  public static Digest sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  public boolean matches(byte[] bytes) {
    return equals(compute(algorithm, bytes));
  }

  /** A fresh hash of this digest's algorithm, to feed a stream through. */
  public MessageDigest newHash() {
    return hash(algorithm);
  }

  private static Digest compute(String algorithm, byte[] bytes) {
    return new Digest(algorithm, HexFormat.of().formatHex(hash(algorithm).digest(bytes)));
  }

  private static MessageDigest hash(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-2", e);
    }
  }

  private static int lengthOf(String algorithm) {
    return switch (algorithm) {
      case "sha256" -> 64;
      case "sha512" -> 128;
      default -> 0;
    };
  }

  private static InvalidWord invalid(String text, int position, String why) {
    return new InvalidWord("digest", text, position, why, EXAMPLE);
  }

  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }
}
