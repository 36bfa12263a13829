package dev.floe.manifest;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What opens a registry: where each part of it is found, never the part itself; and how it is dealt
 * with.
 *
 * @param credentials null for anonymous access
 * @param ca the certificates that vouch for the registry, besides those the system trusts
 * @param client who we are to a registry that asks for a certificate
 */
public record RegistryAccess(
    @Nullable Secret credentials,
    @Nullable Secret ca,
    @Nullable ClientCertificate client,
    Manners manners) {

  /** A certificate with the key that belongs to it. */
  public record ClientCertificate(Secret certificate, Secret key) {}

  /**
   * How patient and how trusting we are with a registry, where that differs from the usual.
   *
   * @param timeout how long it may be silent
   * @param commitTimeout how long it may take to store a blob that has arrived
   * @param retries how often a request is sent again that may succeed later
   * @param trustedHosts other hosts, with their ports or not, that may see its credentials as its
   *     token service, or hold its blobs in a private network
   */
  public record Manners(
      @Nullable Duration timeout,
      @Nullable Duration commitTimeout,
      @Nullable Integer retries,
      List<String> trustedHosts) {

    public static final Manners USUAL = new Manners(null, null, null, List.of());

    public Manners {
      trustedHosts = List.copyOf(trustedHosts);
    }
  }

  /** Dealt with as usual. */
  public RegistryAccess(
      @Nullable Secret credentials, @Nullable Secret ca, @Nullable ClientCertificate client) {
    this(credentials, ca, client, Manners.USUAL);
  }

  /** Nobody in particular, over connections that the system trusts. */
  public static RegistryAccess anonymous() {
    return with(null);
  }

  /** These credentials, over connections that the system trusts. */
  public static RegistryAccess with(@Nullable Secret credentials) {
    return new RegistryAccess(credentials, null, null);
  }

  /** Whether connections are made otherwise than the system makes them. */
  public boolean hasTls() {
    return ca != null || client != null;
  }
}
