package dev.floe.registry.adapter.oci;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Pairs of keys as people make them, and the JDK's opinion of what they signed. */
final class Keys {

  private Keys() {}

  static KeyPair ed25519() {
    return generated("Ed25519", "");
  }

  static KeyPair ecdsa(String curve) {
    return generated("EC", curve);
  }

  private static KeyPair generated(String kind, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      if (!curve.isEmpty()) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(KeyPair pair) {
    return block("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  static String block(String type, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, lines, type);
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
