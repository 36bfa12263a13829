package dev.floe.gate.domain;

/**
 * How a gate is kept apart from the machine it runs on.
 *
 * @param isolation bubblewrap, namespaces or none; builtin for a gate without a process
 * @param notGuaranteed what the gate could do all the same, in one sentence; empty if nothing
 */
public record Confinement(String isolation, String notGuaranteed) {

  /** Of a gate without a process. */
  public static final Confinement BUILT_IN = new Confinement("builtin", "");
}
