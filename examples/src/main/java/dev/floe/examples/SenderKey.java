package dev.floe.examples;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;

/**
 * The sender's P-256 key pair: the private half signs commands, the public half is what floe's
 * manifest refers to.
 */
public final class SenderKey {

  private final ECKey pair;

  private SenderKey(ECKey pair) {
    this.pair = pair;
  }

  /** A new pair; its id is its thumbprint. */
  public static SenderKey create() {
    try {
      return new SenderKey(
          new ECKeyGenerator(Curve.P_256)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.ES256)
              .keyIDFromThumbprint(true)
              .generate());
    } catch (JOSEException impossible) {
      throw new IllegalStateException("every JDK has P-256", impossible);
    }
  }

  /** The pair that {@link #save} wrote. */
  public static SenderKey read(Path file) throws IOException {
    try {
      return new SenderKey(ECKey.parse(Files.readString(file)));
    } catch (NoSuchFileException | ParseException unusable) {
      throw new IOException(
          "%s holds no private key; make one: promote-over-kafka new-key FOLDER".formatted(file),
          unusable);
    }
  }

  /** Writes both halves to a new file that its owner alone can read. */
  public void save(Path file) throws IOException {
    var ownersAlone =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.writeString(Files.createFile(file, ownersAlone), pair.toJSONString());
  }

  /** The public half as a key set, for {@code auth.command_signers} in the manifest. */
  public String publicKeys() {
    return new JWKSet(pair).toString(true);
  }

  String sign(JWTClaimsSet claims) {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(JOSEObjectType.JWT)
            .keyID(pair.getKeyID())
            .build();
    var token = new SignedJWT(header, claims);
    try {
      token.sign(new ECDSASigner(pair));
    } catch (JOSEException unusable) {
      throw new IllegalStateException("the key cannot sign with ES256", unusable);
    }
    return token.serialize();
  }
}
