package dev.floe.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A named Ed25519 key that signs notes: C2SP signed-note. */
public final class NoteSigner {

  private static final String SECRET = "PRIVATE+KEY+";
  private static final int SEED_LENGTH = 32;

  private final String name;
  private final byte[] seed;
  private final PrivateKey key;
  private final byte[] rawPublic;
  private final byte[] hash;

  private NoteSigner(String name, byte[] seed) {
    NoteKey.checkName(name);
    this.name = name;
    this.seed = seed;
    this.key = NoteKey.privateKey(seed);
    this.rawPublic = NoteKey.rawPublic(seed);
    this.hash = NoteKey.hash(name, rawPublic);
  }

  /** A fresh key, drawn from {@code random}. */
  public static NoteSigner generate(String name, SecureRandom random) {
    byte[] seed = new byte[SEED_LENGTH];
    random.nextBytes(seed);
    return new NoteSigner(name, seed);
  }

  /**
   * The key that {@link #secret} wrote.
   *
   * @throws IllegalArgumentException when it is damaged; the message never holds the key
   */
  public static NoteSigner ofSecret(String secret) {
    if (!secret.startsWith(SECRET)) {
      throw new IllegalArgumentException("a note's signing key begins with " + SECRET);
    }
    String[] parts = secret.substring(SECRET.length()).split("\\+", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a note's signing key has a name, a hash and a key");
    }
    byte[] typed = NoteVerifier.decode(parts[2], "a note's signing key");
    var signer = new NoteSigner(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
    if (!HexFormat.of().formatHex(signer.hash).equals(parts[1])) {
      throw new IllegalArgumentException("the signing key's hash does not fit its name and key");
    }
    return signer;
  }

  /**
   * The private key as text, {@code PRIVATE+KEY+<name>+<hash>+<key>}: for its owner's eyes only.
   */
  public String secret() {
    return SECRET + name + "+" + HexFormat.of().formatHex(hash) + "+" + typed(seed);
  }

  /** The public half. */
  public NoteVerifier verifier() {
    return NoteVerifier.of(name, rawPublic);
  }

  public String name() {
    return name;
  }

  /** {@code text} with this key's signature under it. */
  public String sign(String text) {
    SignedNote.checkText(text);
    byte[] signed = NoteKey.join(hash, signature(text));
    return "%s\n— %s %s\n".formatted(text, name, Base64.getEncoder().encodeToString(signed));
  }

  private byte[] signature(String text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(
          "signing with the Ed25519 key '%s'".formatted(name), impossible);
    }
  }

  private static String typed(byte[] raw) {
    return Base64.getEncoder().encodeToString(NoteKey.join(new byte[] {NoteKey.ED25519}, raw));
  }

  /** Says which key, never the key. */
  @Override
  public String toString() {
    return verifier().toString();
  }
}
