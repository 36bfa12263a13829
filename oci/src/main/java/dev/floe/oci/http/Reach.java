package dev.floe.oci.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides where a registry may send us. What only this machine or its network can reach would be
 * read or written with their rights. The address that a name stands for is what counts.
 */
final class Reach {

  /** Where clouds give machines their identity, beside the link-local 169.254.169.254. */
  private static final Set<InetAddress> METADATA =
      Set.of(
          InetAddress.ofLiteral("fd00:ec2::254"),
          InetAddress.ofLiteral("100.100.100.200"),
          InetAddress.ofLiteral("168.63.129.16"));

  private Reach() {}

  /**
   * Whether a request meant for the registry may go on to the other host.
   *
   * @param trusted hosts that may be in a private network though the registry is not
   */
  static boolean mayLead(Origin registry, Origin other, Set<String> trusted) {
    if (other.host().equals(registry.host()) || isNowhere(other.host())) {
      return true;
    }
    if (isAny(other.host(), Reach::isNoServer)) {
      return false;
    }
    return other.isAmong(trusted)
        || (mayShare(registry, other, InetAddress::isLoopbackAddress)
            && mayShare(registry, other, Reach::isPrivate));
  }

  private static boolean mayShare(Origin registry, Origin other, Predicate<InetAddress> kind) {
    return !isAny(other.host(), kind) || isAny(registry.host(), kind);
  }

  private static boolean isNoServer(InetAddress written) {
    InetAddress address = behind(written);
    return address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || METADATA.contains(address);
  }

  /** RFC 1918, RFC 6598 and RFC 4193, and what was meant by site-local before. */
  private static boolean isPrivate(InetAddress written) {
    InetAddress address = behind(written);
    byte[] bytes = address.getAddress();
    boolean shared = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
    boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    return address.isSiteLocalAddress() || shared || uniqueLocal;
  }

  /** The IPv4 address that a gateway makes of 64:ff9b::/96 (RFC 6052). */
  private static InetAddress behind(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean translated =
        bytes.length == 16
            && Arrays.equals(
                bytes,
                0,
                12,
                new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0},
                0,
                12);
    try {
      return translated ? InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16)) : address;
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
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
