package dev.floe.embedded.oci.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The address of content: what it hashes to, by one of the two algorithms image-spec registers. */
public record Digest(Algorithm algorithm, String hex) {

  /** A registered hash. */
  public enum Algorithm {
    SHA256("SHA-256", 64),
    SHA512("SHA-512", 128);

    private final String javaName;
    private final int hexLength;

    Algorithm(String javaName, int hexLength) {
      this.javaName = javaName;
      this.hexLength = hexLength;
    }

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    public MessageDigest hasher() {
      try {
        return MessageDigest.getInstance(javaName);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has " + javaName, e);
      }
    }
  }

  public Digest {
    if (hex.length() != algorithm.hexLength || !hex.chars().allMatch(Digest::isLowerHex)) {
      throw new IllegalArgumentException("not a " + algorithm.label() + " digest: " + hex);
    }
  }

  /** Empty when {@code text} is no digest, or one by another algorithm. */
  public static Optional<Digest> parse(String text) {
    for (Algorithm algorithm : Algorithm.values()) {
      String prefix = algorithm.label() + ":";
      String hex = text.startsWith(prefix) ? text.substring(prefix.length()) : "";
      if (hex.length() == algorithm.hexLength && hex.chars().allMatch(Digest::isLowerHex)) {
        return Optional.of(new Digest(algorithm, hex));
      }
    }
    return Optional.empty();
  }

  public static Digest of(Algorithm algorithm, byte[] content) {
    return finished(algorithm, algorithm.hasher().digest(content));
  }

  static Digest finished(Algorithm algorithm, byte[] hash) {
    return new Digest(algorithm, HexFormat.of().formatHex(hash));
  }

  private static boolean isLowerHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  @Override
  public String toString() {
    return algorithm.label() + ":" + hex;
  }
}
