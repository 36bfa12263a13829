package dev.floe.oci.http;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Decides which token services may see a registry's credentials. */
final class Realms {

  /** Under these, one name's neighbour is another tenant. */
  private static final Set<String> SHARED =
      Set.of(
          "amazonaws.com",
          "azurecr.io",
          "azure.com",
          "azurewebsites.net",
          "windows.net",
          "cloudapp.net",
          "cloudfront.net",
          "pkg.dev",
          "run.app",
          "appspot.com",
          "web.app",
          "github.io",
          "gitlab.io",
          "herokuapp.com",
          "netlify.app",
          "vercel.app",
          "fly.dev",
          "workers.dev",
          "pages.dev",
          "jfrog.io",
          "ngrok.io",
          "ngrok.app",
          "nip.io",
          "sslip.io",
          "digitaloceanspaces.com",
          "ondigitalocean.app",
          "oraclecloud.com",
          "ocir.io");

  private static final Set<String> GENERIC_SECOND_LEVELS =
      Set.of(
          "ac", "co", "com", "edu", "gen", "go", "gob", "gov", "govt", "gv", "id", "in", "ind",
          "info", "ltd", "me", "mil", "ne", "net", "nom", "or", "org", "plc", "sch", "web");

  private final Set<String> trusted;

  Realms(Set<String> trusted) {
    this.trusted = trusted;
  }

  /** A token service on the registry's own host, in its own domain, or named in the settings. */
  boolean mayServe(Origin registry, Origin realm) {
    if (!realm.isHttp() || (registry.isSecure() && !realm.isSecure())) {
      return false;
    }
    return realm.host().equals(registry.host())
        || trusted.contains(realm.host())
        || sameDomain(registry.host(), realm.host());
  }

  private static boolean sameDomain(String registry, String realm) {
    String domain = domainOf(registry);
    return !domain.isEmpty() && domain.equals(domainOf(realm));
  }

  /** The part of a host name that somebody registered; empty if that cannot be told. */
  private static String domainOf(String host) {
    List<String> labels = Arrays.asList(host.split("\\.", -1));
    int count = labels.size();
    if (count < 2 || host.startsWith("[") || host.matches("[0-9.]+") || labels.contains("")) {
      return "";
    }
    boolean country = labels.get(count - 1).length() == 2;
    boolean generic = GENERIC_SECOND_LEVELS.contains(labels.get(count - 2));
    int taken = country && generic ? 3 : 2;
    if (count < taken) {
      return "";
    }
    String domain = String.join(".", labels.subList(count - taken, count));
    return SHARED.contains(domain) ? "" : domain;
  }
}
