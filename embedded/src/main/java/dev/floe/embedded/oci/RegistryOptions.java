package dev.floe.embedded.oci;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How a registry behaves where distribution-spec leaves a choice.
 *
 * @param referrers false for a registry from before 1.1: no referrers API, no {@code OCI-Subject}
 * @param uploadExpiry how long an upload may rest, and how long a blob may wait for its manifest
 * @param page how many entries a list has at most
 * @param clock tells when an upload has expired
 */
public record RegistryOptions(
    boolean referrers, Duration uploadExpiry, int page, InstantSource clock) {

  public static RegistryOptions standard() {
    return new RegistryOptions(true, Duration.ofHours(24), 1000, InstantSource.system());
  }

  public RegistryOptions withoutReferrers() {
    return new RegistryOptions(false, uploadExpiry, page, clock);
  }

  public RegistryOptions withPage(int entries) {
    return new RegistryOptions(referrers, uploadExpiry, entries, clock);
  }

  public RegistryOptions withUploadExpiry(Duration expiry, InstantSource clock) {
    return new RegistryOptions(referrers, expiry, page, clock);
  }
}
