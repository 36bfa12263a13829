package dev.floe.cli.picture;

import java.util.Locale;

/** Small turns of phrase that several pictures share. */
final class Words {

  private Words() {}

  static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** A reference with its scheme. */
  static String ociRef(String ref) {
    return ref.contains("://") || ref.startsWith("oci-layout:") ? ref : "oci://" + ref;
  }

  /** {@code sha256:0123456789ab}, enough to tell digests apart by eye. */
  static String shortDigest(String digest) {
    int colon = digest.indexOf(':');
    return digest.length() > colon + 13 ? digest.substring(0, colon + 13) : digest;
  }

  static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
