package dev.floe.oci.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;

/** Reads private keys as PKCS#8, PKCS#1 (RSA) and SEC 1 (EC) write them. */
final class PrivateKeys {

  private PrivateKeys() {}

  /**
   * The one private key in a text, which belongs to the public key.
   *
   * @throws IllegalArgumentException that says what is wrong, never what stands there
   */
  static PrivateKey read(String text, PublicKey owner) {
    PemObject block = only(text);
    if (isEncrypted(block)) {
      throw new IllegalArgumentException(
          "is encrypted, and nobody is there to type the password; decrypt it with openssl pkey");
    }
    String signing =
        switch (owner.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default ->
              throw new IllegalArgumentException(
                  "is for a certificate with %s; use one with RSA or EC"
                      .formatted(owner.getAlgorithm()));
        };
    try {
      byte[] pkcs8 =
          block.getType().equals("PRIVATE KEY")
              ? block.getContent()
              : wrapped(block.getContent(), owner);
      PrivateKey key =
          KeyFactory.getInstance(owner.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      if (areAPair(key, owner, signing)) {
        return key;
      }
    } catch (GeneralSecurityException | IOException _) {
      // Another kind of key than the certificate has, or none at all: told below.
    }
    throw new IllegalArgumentException("does not belong to the certificate; put its own key there");
  }

  private static PemObject only(String text) {
    List<PemObject> keys =
        Pem.blocks(text).stream().filter(pem -> pem.getType().endsWith("PRIVATE KEY")).toList();
    if (keys.size() != 1) {
      throw new IllegalArgumentException(
          "holds %d private keys in PEM; one belongs there".formatted(keys.size()));
    }
    return keys.getFirst();
  }

  /** As PKCS#8 says it, or RFC 1421. */
  private static boolean isEncrypted(PemObject block) {
    List<?> headers = block.getHeaders();
    return block.getType().startsWith("ENCRYPTED")
        || headers.stream()
            .map(PemHeader.class::cast)
            .anyMatch(
                header ->
                    header.getName().equals("Proc-Type")
                        && header.getValue().contains("ENCRYPTED"));
  }

  private static boolean areAPair(PrivateKey key, PublicKey owner, String algorithm)
      throws GeneralSecurityException {
    byte[] message = {1, 2, 3};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(message);
    byte[] signed = signature.sign();
    signature.initVerify(owner);
    signature.update(message);
    return signature.verify(signed);
  }

  /** PKCS#8 is the older form with the public key's own words for the algorithm before it. */
  private static byte[] wrapped(byte[] key, PublicKey owner) throws IOException {
    var algorithm = SubjectPublicKeyInfo.getInstance(owner.getEncoded()).getAlgorithm();
    return new PrivateKeyInfo(algorithm, ASN1Primitive.fromByteArray(key)).getEncoded();
  }
}
