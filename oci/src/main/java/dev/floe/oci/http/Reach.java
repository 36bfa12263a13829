package dev.floe.oci.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Decides where a registry may send us. What only this machine can reach, its own services or the
 * one that gives it its identity, would be read or written with this machine's rights.
 */
final class Reach {

  private Reach() {}

  /** Whether a request meant for the registry may go on to the other host. */
  static boolean mayLead(Origin registry, Origin other) {
    if (other.host().equals(registry.host()) || isNowhere(other.host())) {
      return true;
    }
    return !isAny(other.host(), Reach::isNoServer)
        && (!isAny(other.host(), InetAddress::isLoopbackAddress)
            || isAny(registry.host(), InetAddress::isLoopbackAddress));
  }

  private static boolean isNoServer(InetAddress address) {
    return address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress();
  }

  /** Connecting will tell, or a proxy knows the name. */
  private static boolean isNowhere(String host) {
    return addresses(host).length == 0;
  }

  private static boolean isAny(String host, Predicate<InetAddress> kind) {
    return Arrays.stream(addresses(host)).anyMatch(kind);
  }

  private static InetAddress[] addresses(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException _) {
      return new InetAddress[0];
    }
  }
}
