package dev.floe.manifest;

import org.jspecify.annotations.Nullable;

/**
 * What opens a registry: where each part of it is found, never the part itself.
 *
 * @param credentials null for anonymous access
 * @param ca the certificates that vouch for the registry, besides those the system trusts
 * @param client who we are to a registry that asks for a certificate
 */
public record RegistryAccess(
    @Nullable Secret credentials, @Nullable Secret ca, @Nullable ClientCertificate client) {

  /** A certificate with the key that belongs to it. */
  public record ClientCertificate(Secret certificate, Secret key) {}

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
