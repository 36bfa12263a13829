package dev.floe.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Web Key Set, each key bound to the algorithms of its own type: what a token's header says
 * can choose among keys, never what a key is used as.
 */
final class PublicKeys {

  private static final int SHORTEST_RSA = 2048;

  private final List<Key> keys;

  private PublicKeys(List<Key> keys) {
    this.keys = keys;
  }

  private record Key(@Nullable String id, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {

    boolean isMeantBy(JWSHeader header) {
      String wanted = header.getKeyID();
      return algorithms.contains(header.getAlgorithm())
          && (id == null || wanted == null || id.equals(wanted));
    }
  }

  /**
   * Reads {@code jwks}; keys for encryption are passed over.
   *
   * @param whose for error messages: {@code signer 'ci'}
   * @throws IllegalArgumentException when it cannot be read, or holds what it should not
   */
  static PublicKeys of(String whose, String jwks) {
    try {
      List<Key> keys =
          JWKSet.parse(jwks).getKeys().stream()
              .filter(jwk -> !KeyUse.ENCRYPTION.equals(jwk.getKeyUse()))
              .map(jwk -> key(whose, jwk))
              .toList();
      if (keys.isEmpty()) {
        throw new IllegalArgumentException(
            "the JWKS of %s holds no RSA, P-256 or Ed25519 public key".formatted(whose));
      }
      return new PublicKeys(keys);
    } catch (ParseException unreadable) {
      throw new IllegalArgumentException(
          "the JWKS of %s is unreadable: %s".formatted(whose, unreadable.getMessage()), unreadable);
    }
  }

  boolean knows(@Nullable String keyId) {
    return keys.stream().anyMatch(key -> keyId != null && keyId.equals(key.id()));
  }

  /** Whether one of these keys made the signature. */
  boolean signed(SignedJWT token) {
    for (Key key : keys) {
      if (key.isMeantBy(token.getHeader()) && Signatures.hold(token, key.verifier())) {
        return true;
      }
    }
    return false;
  }

  private static Key key(String whose, JWK jwk) {
    if (jwk.isPrivate()) {
      throw new IllegalArgumentException(
          "the JWKS of %s holds a secret key: put the public keys there only".formatted(whose));
    }
    try {
      Key key =
          switch (jwk) {
            case RSAKey rsa -> rsa(whose, rsa);
            case ECKey ec when Curve.P_256.equals(ec.getCurve()) ->
                new Key(ec.getKeyID(), Set.of(JWSAlgorithm.ES256), new ECDSAVerifier(ec));
            case OctetKeyPair okp when Curve.Ed25519.equals(okp.getCurve()) ->
                new Key(okp.getKeyID(), Ed25519Check.ALGORITHMS, Ed25519Check.of(okp));
            default ->
                throw new IllegalArgumentException(
                    "the JWKS of %s holds a key that is neither RSA, P-256 nor Ed25519"
                        .formatted(whose));
          };
      return restricted(whose, key, jwk);
    } catch (JOSEException unusable) {
      throw new IllegalArgumentException(
          "the JWKS of %s holds an unusable key: %s".formatted(whose, unusable.getMessage()),
          unusable);
    }
  }

  private static Key rsa(String whose, RSAKey rsa) throws JOSEException {
    int bits = rsa.toRSAPublicKey().getModulus().bitLength();
    if (bits < SHORTEST_RSA) {
      throw new IllegalArgumentException(
          "the JWKS of %s holds an RSA key of %d bits, it needs %d"
              .formatted(whose, bits, SHORTEST_RSA));
    }
    return new Key(
        rsa.getKeyID(), Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256), new RSASSAVerifier(rsa));
  }

  /** The key bound to the one algorithm that its JWK names, if it does. */
  private static Key restricted(String whose, Key key, JWK jwk) {
    if (jwk.getAlgorithm() == null) {
      return key;
    }
    JWSAlgorithm named = JWSAlgorithm.parse(jwk.getAlgorithm().getName());
    if (!key.algorithms().contains(named)) {
      throw new IllegalArgumentException(
          "the JWKS of %s holds a key for algorithm '%s', it must be one of %s"
              .formatted(whose, named, key.algorithms()));
    }
    return new Key(key.id(), Set.of(named), key.verifier());
  }
}
