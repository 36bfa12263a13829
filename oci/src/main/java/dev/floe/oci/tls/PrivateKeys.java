package dev.floe.oci.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/** Reads private keys as PKCS#8, PKCS#1 (RSA) and SEC 1 (EC) write them. */
final class PrivateKeys {

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final byte[] VERSION = {0x02, 0x01, 0x00};

  private PrivateKeys() {}

  /**
   * The one private key in a text, which belongs to the public key.
   *
   * @throws IllegalArgumentException that says what is wrong, never what stands there
   */
  static PrivateKey read(String text, PublicKey owner) {
    Pem block = only(text);
    if (block.encrypted()) {
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
          block.label().equals("PRIVATE KEY") ? block.der() : wrapped(block.der(), owner);
      PrivateKey key =
          KeyFactory.getInstance(owner.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      if (areAPair(key, owner, signing)) {
        return key;
      }
    } catch (GeneralSecurityException _) {
      // Another kind of key than the certificate has, or none at all: told below.
    }
    throw new IllegalArgumentException("does not belong to the certificate; put its own key there");
  }

  private static Pem only(String text) {
    List<Pem> keys =
        Pem.read(text).stream().filter(pem -> pem.label().endsWith("PRIVATE KEY")).toList();
    if (keys.size() != 1) {
      throw new IllegalArgumentException(
          "holds %d private keys in PEM; one belongs there".formatted(keys.size()));
    }
    return keys.getFirst();
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
  private static byte[] wrapped(byte[] key, PublicKey owner) {
    byte[] info = owner.getEncoded();
    int start = contentOf(info, 0);
    int end = contentOf(info, start) + lengthOf(info, start);
    byte[] algorithm = Arrays.copyOfRange(info, start, end);
    return element(SEQUENCE, VERSION, algorithm, element(OCTETS, key));
  }

  private static int contentOf(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first - 0x80);
  }

  private static int lengthOf(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = at + 2; i < contentOf(der, at); i++) {
      length = (length << 8) | (der[i] & 0xff);
    }
    return length;
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    out.write(tag);
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
