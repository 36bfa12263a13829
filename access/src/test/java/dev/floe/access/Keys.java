package dev.floe.access;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keys that others hold, and tokens made with them by the JDK alone. */
final class Keys {

  static final Keys RSA = generate("RS256", "RSA", 2048);
  static final Keys OTHER_RSA = generate("RS256", "RSA", 2048);
  static final Keys EC = generate("ES256", "EC", 256);
  static final Keys ED25519 = generate("EdDSA", "Ed25519", 255);

  private final String algorithm;
  private final KeyPair pair;

  private Keys(String algorithm, KeyPair pair) {
    this.algorithm = algorithm;
    this.pair = pair;
  }

  static Keys generate(String algorithm, String type, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      generator.initialize(size);
      return new Keys(algorithm, generator.generateKeyPair());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  KeyPair pair() {
    return pair;
  }

  /** A token under the header {@code {"alg":…,"kid":…}}. */
  String sign(String keyId, Map<String, Object> claims) {
    return sign(Map.of("alg", algorithm, "kid", keyId), claims);
  }

  String sign(Map<String, Object> header, Map<String, Object> claims) {
    String input = encode(header) + "." + encode(claims);
    try {
      Signature signature =
          Signature.getInstance(
              switch (algorithm) {
                case "RS256" -> "SHA256withRSA";
                case "ES256" -> "SHA256withECDSAinP1363Format";
                default -> "Ed25519";
              });
      signature.initSign(pair.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + Base64URL.encode(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** A token under {@code secret}, whatever the header says of it. */
  static String hmac(byte[] secret, Map<String, Object> header, Map<String, Object> claims) {
    String input = encode(header) + "." + encode(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return input + "." + Base64URL.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static String unsigned(Map<String, Object> claims) {
    return encode(Map.of("alg", "none")) + "." + encode(claims) + ".";
  }

  JWK jwk(String keyId) {
    return switch (algorithm) {
      case "RS256" -> new RSAKey.Builder((RSAPublicKey) pair.getPublic()).keyID(keyId).build();
      case "ES256" ->
          new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic()).keyID(keyId).build();
      default ->
          new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(raw())).keyID(keyId).build();
    };
  }

  String jwks(String keyId) {
    return jwks(jwk(keyId));
  }

  static String jwks(JWK... keys) {
    return new JWKSet(List.of(keys)).toString(false);
  }

  private byte[] raw() {
    byte[] der = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(der, der.length - 32, der.length);
  }

  private static String encode(Map<String, Object> json) {
    return Base64URL.encode(JSONObjectUtils.toJSONString(json)).toString();
  }
}
