package dev.floe.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** The public half of a {@link NoteSigner}: all that verification needs. */
public final class NoteVerifier {

  private final String name;
  private final byte[] raw;
  private final PublicKey key;
  private final byte[] hash;

  private NoteVerifier(String name, byte[] raw) {
    NoteKey.checkName(name);
    this.name = name;
    this.raw = raw;
    this.key = NoteKey.publicKey(raw);
    this.hash = NoteKey.hash(name, raw);
  }

  static NoteVerifier of(String name, byte[] raw) {
    return new NoteVerifier(name, raw);
  }

  /** The key that C2SP's {@code <name>+<hash>+<key>} spells. */
  public static NoteVerifier of(String vkey) {
    String[] parts = vkey.strip().split("\\+", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "a verifier key is <name>+<hash>+<key>, not '%s'".formatted(vkey));
    }
    byte[] typed = decode(parts[2], "verifier key '%s'".formatted(parts[0]));
    var verifier = new NoteVerifier(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
    if (!HexFormat.of().formatHex(verifier.hash).equals(parts[1])) {
      throw new IllegalArgumentException(
          "verifier key '%s' says its hash is %s, it is %s"
              .formatted(parts[0], parts[1], HexFormat.of().formatHex(verifier.hash)));
    }
    return verifier;
  }

  public String name() {
    return name;
  }

  /**
   * The text of {@code note}, once this key's signature on it holds; others' are ignored.
   *
   * @throws InvalidNote when this key has not signed, or not this text
   */
  public String verify(String note) {
    SignedNote parsed = SignedNote.parse(note);
    for (SignedNote.Line line : parsed.signatures()) {
      if (line.isBy(name, hash)) {
        if (!holds(parsed.text(), line.signature())) {
          throw new InvalidNote("the signature of '%s' does not fit the text".formatted(name));
        }
        return parsed.text();
      }
    }
    throw new InvalidNote("the note carries no signature of %s".formatted(this));
  }

  private boolean holds(String text, byte[] signed) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.verify(signed);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  /** The type byte and the key after it, checked to be Ed25519. */
  static byte[] decode(String base64, String what) {
    byte[] typed = Base64.getDecoder().decode(base64);
    if (typed.length == 0 || typed[0] != NoteKey.ED25519) {
      throw new IllegalArgumentException(what + " is not of type Ed25519");
    }
    return typed;
  }

  /** The key in C2SP's form, {@code <name>+<hash>+<key>}. */
  @Override
  public String toString() {
    byte[] typed = NoteKey.join(new byte[] {NoteKey.ED25519}, raw);
    return "%s+%s+%s"
        .formatted(name, HexFormat.of().formatHex(hash), Base64.getEncoder().encodeToString(typed));
  }
}
