package dev.floe.oci.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.floe.oci.RawManifest;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;

/** Somebody with a key pair, who signs as cosign does. */
public final class Signer {

  public static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
  public static final String SIGN = "https://sigstore.dev/cosign/sign/v1";

  /** What people may sign with, and the JDK's word for it. */
  public enum Kind {
    P256("SHA256withECDSA"),
    P384("SHA384withECDSA"),
    P384_SHA256("SHA256withECDSA"),
    ED25519("Ed25519"),
    RSA("SHA256withRSA");

    private final String algorithm;

    Kind(String algorithm) {
      this.algorithm = algorithm;
    }
  }

  private final Kind kind;
  private final String name;
  private final KeyPair pair;

  private Signer(Kind kind, String name, KeyPair pair) {
    this.kind = kind;
    this.name = name;
    this.pair = pair;
  }

  public static Signer of(Kind kind, String name) {
    KeyPair pair =
        switch (kind) {
          case P256 -> Certificates.keys("EC", 256);
          case P384, P384_SHA256 -> Certificates.keys("EC", 384);
          case ED25519 -> Certificates.keys("Ed25519", 255);
          case RSA -> Certificates.keys("RSA", 2048);
        };
    return new Signer(kind, name, pair);
  }

  public static Signer named(String name) {
    return of(Kind.P256, name);
  }

  public String name() {
    return name;
  }

  /** The public key, as a file holds it. */
  public String pem() {
    String der = Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + der + "\n-----END PUBLIC KEY-----\n";
  }

  public String sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(kind.algorithm);
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A bundle over the artifact's bytes. */
  public String messageBundle(RawManifest artifact) {
    return bundle("\"messageSignature\":{\"signature\":\"%s\"}".formatted(sign(artifact.bytes())));
  }

  /** A bundle over a statement. */
  public String statementBundle(String statement) {
    byte[] payload = statement.getBytes(UTF_8);
    String type = "application/vnd.in-toto+json";
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    encoded.writeBytes("DSSEv1 28 %s %d ".formatted(type, payload.length).getBytes(UTF_8));
    encoded.writeBytes(payload);
    return bundle(
        "\"dsseEnvelope\":{\"payload\":\"%s\",\"payloadType\":\"%s\",\"signatures\":[{\"sig\":\"%s\"}]}"
            .formatted(
                Base64.getEncoder().encodeToString(payload), type, sign(encoded.toByteArray())));
  }

  private static String bundle(String content) {
    return "{\"mediaType\":\"%s\",\"verificationMaterial\":{\"publicKey\":{\"hint\":\"x\"}},%s}"
        .formatted(BUNDLE, content);
  }

  public static String statement(String digest, String predicateType) {
    return """
    {"_type":"https://in-toto.io/Statement/v1",\
    "subject":[{"name":"other","digest":{"sha256":"%s"}},{"digest":{"sha256":"%s"}}],\
    "predicateType":"%s","predicate":{}}"""
        .formatted("0".repeat(64), digest.replace("sha256:", ""), predicateType);
  }

  /** What cosign signs of an image, to the letter. */
  public static String payload(String digest) {
    return """
    {"critical":{"identity":{"docker-reference":"index.docker.io/acme/platform"},\
    "image":{"docker-manifest-digest":"%s"},"type":"cosign container image signature"},\
    "optional":null}"""
        .formatted(digest);
  }
}
