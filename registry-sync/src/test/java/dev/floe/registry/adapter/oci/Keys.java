package dev.floe.registry.adapter.oci;

import dev.floe.oci.testing.Certificates;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;

/** Keys as people write them down, and the JDK's opinion of what they signed. */
final class Keys {

  private Keys() {}

  static String pem(KeyPair pair) {
    return Certificates.pem("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  static boolean made(PublicKey key, byte[] signature, byte[] message) {
    try {
      Signature verifier =
          Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
