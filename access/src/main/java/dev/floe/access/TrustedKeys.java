package dev.floe.access;

import java.util.List;

/** Whose command tokens one commands topic's owner accepts. */
public record TrustedKeys(List<ServiceKey> services, List<SignerKeys> signers) {

  public TrustedKeys {
    services = List.copyOf(services);
    signers = List.copyOf(signers);
  }

  /** Of a service whose commands topic is closed to all others. */
  public static TrustedKeys only(ServiceKey own) {
    return new TrustedKeys(List.of(own), List.of());
  }
}
