package dev.floe.manifest;

import java.util.Map;

/** One registry as a tree in the manifest's own shape. */
final class RegistryTree {

  private RegistryTree() {}

  static Map<String, Object> of(Registry registry) {
    RegistryAccess access = registry.access();
    RegistryAccess.ClientCertificate client = access.client();
    return new Tree()
        .put("url", registry.url())
        .put("credentials", access.credentials())
        .put("ca", access.ca())
        .put("client_certificate", client == null ? null : client.certificate())
        .put("client_key", client == null ? null : client.key())
        .put("timeout", access.manners().timeout())
        .put("commit_timeout", access.manners().commitTimeout())
        .put("retries", access.manners().retries())
        .put("trusted_hosts", access.manners().trustedHosts())
        .done();
  }
}
