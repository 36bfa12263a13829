package dev.floe.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;

/** The secret a service signs its own commands with, and the only topic it may send them to. */
public final class ServiceKey {

  /** The fewest bytes a secret may have. */
  public static final int SHORTEST = 32;

  private final String service;
  private final String commandsTopic;
  private final JWSSigner signer;
  private final JWSVerifier verifier;

  private ServiceKey(String service, String commandsTopic, JWSSigner signer, JWSVerifier verifier) {
    this.service = service;
    this.commandsTopic = commandsTopic;
    this.signer = signer;
    this.verifier = verifier;
  }

  /**
   * The key of {@code service}, such as {@code gate-runner}.
   *
   * @param commandsTopic its own, such as {@code floe.gate.commands}
   */
  public static ServiceKey of(String service, String commandsTopic, byte[] secret) {
    if (secret.length < SHORTEST) {
      throw new IllegalArgumentException(
          "the key of service '%s' has %d bytes, it needs %d or more"
              .formatted(service, secret.length, SHORTEST));
    }
    try {
      return new ServiceKey(service, commandsTopic, new MACSigner(secret), new MACVerifier(secret));
    } catch (JOSEException impossible) {
      throw new IllegalStateException("the key of service '%s'".formatted(service), impossible);
    }
  }

  public String service() {
    return service;
  }

  public String commandsTopic() {
    return commandsTopic;
  }

  JWSSigner signer() {
    return signer;
  }

  JWSVerifier verifier() {
    return verifier;
  }

  /** Says whose key, never the key. */
  @Override
  public String toString() {
    return "key of %s for %s".formatted(service, commandsTopic);
  }
}
