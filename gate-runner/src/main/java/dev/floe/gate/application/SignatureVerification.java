package dev.floe.gate.application;

/** Runs the built-in gate {@code security_scan}. */
public interface SignatureVerification {

  /**
   * Passes if at least one signature of the artifact at its pinned digest was made by one of the
   * signers. No signature at all, or none that holds, fails; a registry, key or trusted root that
   * cannot be read, or nobody to accept, errors. Never throws.
   */
  GateResult verify(SignatureOrder order);
}
