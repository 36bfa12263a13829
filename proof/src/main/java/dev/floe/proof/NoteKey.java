package dev.floe.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** C2SP signed-note's keys in the JDK's terms: Ed25519, raw bytes, names and key hashes. */
final class NoteKey {

  /** The signature type for plain Ed25519. */
  static final byte ED25519 = 1;

  static final int HASH_LENGTH = 4;
  private static final int RAW_LENGTH = 32;

  // DER up to the raw key, RFC 8410: fixed, as there are no parameters.
  private static final byte[] PUBLIC_DER = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final byte[] PRIVATE_DER =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private NoteKey() {}

  static void checkName(String name) {
    boolean bad = name.codePoints().anyMatch(c -> c == '+' || isSpace(c));
    if (name.isEmpty() || bad) {
      throw new IllegalArgumentException(
          "a note key's name is not empty and has neither spaces nor '+': '%s'".formatted(name));
    }
  }

  static byte[] hash(String name, byte[] rawPublic) {
    byte[] whole =
        Hash.sha256(name.getBytes(StandardCharsets.UTF_8), new byte[] {'\n', ED25519}, rawPublic)
            .bytes();
    return Arrays.copyOf(whole, HASH_LENGTH);
  }

  static PublicKey publicKey(byte[] raw) {
    try {
      return factory().generatePublic(new X509EncodedKeySpec(join(PUBLIC_DER, checked(raw))));
    } catch (GeneralSecurityException bad) {
      throw new IllegalArgumentException("not an Ed25519 public key", bad);
    }
  }

  static PrivateKey privateKey(byte[] seed) {
    try {
      return factory().generatePrivate(new PKCS8EncodedKeySpec(join(PRIVATE_DER, checked(seed))));
    } catch (GeneralSecurityException bad) {
      throw new IllegalArgumentException("not an Ed25519 private key", bad);
    }
  }

  /** The raw public key that belongs to {@code seed}. */
  static byte[] rawPublic(byte[] seed) {
    try {
      // The JDK derives public keys while generating only; generation draws the seed and no more.
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Drawing(checked(seed)));
      byte[] der = generator.generateKeyPair().getPublic().getEncoded();
      return Arrays.copyOfRange(der, PUBLIC_DER.length, der.length);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK since 15 has Ed25519", impossible);
    }
  }

  static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static KeyFactory factory() throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519");
  }

  private static byte[] checked(byte[] raw) {
    if (raw.length != RAW_LENGTH) {
      throw new IllegalArgumentException(
          "an Ed25519 key has %d bytes, this one %d".formatted(RAW_LENGTH, raw.length));
    }
    return raw;
  }

  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  /** Yields a given seed where randomness is asked for. */
  private static final class Drawing extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final byte[] seed;

    Drawing(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException(
            "the JDK asked for %d random bytes, a seed has %d"
                .formatted(bytes.length, seed.length));
      }
      System.arraycopy(seed, 0, bytes, 0, seed.length);
    }
  }
}
