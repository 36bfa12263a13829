package dev.floe.oci.http;

import java.util.Map;
import java.util.Set;

/** Decides which token services may see a registry's credentials. */
final class Realms {

  /** Registries that everybody knows, and whose token service everybody knows to be elsewhere. */
  private static final Map<String, String> KNOWN =
      Map.of("registry-1.docker.io", "auth.docker.io", "registry.gitlab.com", "gitlab.com");

  private final Set<String> trusted;

  Realms(Set<String> trusted) {
    this.trusted = trusted;
  }

  /**
   * Whether it may be asked for a token.
   *
   * @param withSecret whether it gets to see a secret: then it must be on the registry's own host
   *     and port, be known, or be named in the settings
   */
  boolean mayServe(Origin registry, Origin realm, boolean withSecret) {
    if (!realm.isHttp() || (registry.isSecure() && !realm.isSecure())) {
      return false;
    }
    boolean named = realm.isAmong(trusted);
    boolean own = realm.equals(registry) || isKnown(registry, realm);
    return (own || named || !withSecret) && Reach.mayLead(registry, realm, trusted);
  }

  private static boolean isKnown(Origin registry, Origin realm) {
    return realm.host().equals(KNOWN.get(registry.host()))
        && realm.isSecure()
        && realm.port() == 443;
  }
}
