package dev.floe.registry.adapter.oci;

import dev.floe.manifest.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.util.encoders.DecoderException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * The private key that promotions are attested with: Ed25519 (RFC 8032), or ECDSA on P-256 with
 * SHA-256 and the nonces of RFC 6979. Equal messages get equal signatures, so that an attempt that
 * is made again leaves nothing new.
 */
final class SigningKey {

  private static final String CONVERT =
      "; openssl pkcs8 -topk8 -nocrypt writes it as it is needed (BEGIN PRIVATE KEY)";

  private static final String BROKEN = "holds a key that is broken; copy the whole block again";

  private final AsymmetricKeyParameter key;
  private final AsymmetricKeyParameter publicKey;

  private SigningKey(AsymmetricKeyParameter key, AsymmetricKeyParameter publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /**
   * The key, read anew, so that another one counts without a restart.
   *
   * @throws UnusableKey that says where it was looked for and what is wrong, never what stands
   *     there
   */
  static SigningKey from(Secret place, Map<String, String> environment) {
    try {
      return read(text(place, environment));
    } catch (NoSuchFileException _) {
      throw new UnusableKey(place, "does not exist; put the key there, or correct the manifest");
    } catch (AccessDeniedException _) {
      throw new UnusableKey(place, "may not be read by this process; let its user read it");
    } catch (IOException e) {
      throw new UnusableKey(place, "cannot be read (%s)".formatted(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new UnusableKey(place, String.valueOf(e.getMessage()));
    }
  }

  private static String text(Secret place, Map<String, String> environment) throws IOException {
    return switch (place) {
      case Secret.FromFile(String path) -> Files.readString(Path.of(path));
      case Secret.FromEnv(String name) -> {
        String value = environment.get(name);
        if (value == null) {
          throw new IllegalArgumentException("is not set");
        }
        yield value;
      }
      case Secret.DockerConfig _, Secret.Inline _, Secret.Fingerprint _ ->
          throw new IllegalArgumentException("is neither file: nor env:");
    };
  }

  private static SigningKey read(String pem) throws IOException {
    try (PemReader reader = new PemReader(new StringReader(pem))) {
      PemObject block = reader.readPemObject();
      if (block == null) {
        throw new IllegalArgumentException("holds no private key in PEM" + CONVERT);
      }
      if (!block.getType().equals("PRIVATE KEY")) {
        throw new IllegalArgumentException(
            "holds a block %s%s".formatted(block.getType(), CONVERT));
      }
      return of(decoded(block));
    } catch (DecoderException broken) {
      throw new IllegalArgumentException(BROKEN, broken);
    }
  }

  private static AsymmetricKeyParameter decoded(PemObject block) {
    try {
      return PrivateKeyFactory.createKey(block.getContent());
    } catch (IOException | RuntimeException broken) {
      // The library tells what is broken by many kinds of exceptions.
      throw new IllegalArgumentException(BROKEN, broken);
    }
  }

  private static SigningKey of(AsymmetricKeyParameter key) {
    return switch (key) {
      case Ed25519PrivateKeyParameters ed -> new SigningKey(ed, ed.generatePublicKey());
      case ECPrivateKeyParameters ec
          when ec.getParameters() instanceof ECNamedDomainParameters curve
              && curve.getName().equals(X9ObjectIdentifiers.prime256v1) ->
          new SigningKey(
              ec, new ECPublicKeyParameters(curve.getG().multiply(ec.getD()).normalize(), curve));
      default ->
          throw new IllegalArgumentException(
              "is of a kind that is not supported; use Ed25519, or ECDSA on P-256");
    };
  }

  /** The signature: 64 bytes for Ed25519, DER for ECDSA. */
  byte[] sign(byte[] message) {
    Signer signer = key instanceof Ed25519PrivateKeyParameters ? new Ed25519Signer() : ecdsa();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException("a key that was read cannot sign", e);
    }
  }

  private static Signer ecdsa() {
    var nonces = new HMacDSAKCalculator(new SHA256Digest());
    return new DSADigestSigner(new ECDSASigner(nonces), new SHA256Digest());
  }

  /** The public half, as X.509 writes it (SubjectPublicKeyInfo in DER). */
  byte[] publicKey() {
    try {
      return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey).getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("a key that was read cannot be written", e);
    }
  }

  /** Why nothing can be signed. */
  static final class UnusableKey extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableKey(Secret place, String why) {
      super("promotion.attestation.key: %s %s".formatted(place, why));
    }
  }
}
