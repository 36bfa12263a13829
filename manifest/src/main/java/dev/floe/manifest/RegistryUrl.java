package dev.floe.manifest;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an environment's artifacts live: a namespace in a registry, or an image layout on disk.
 *
 * @param host with its port, if one is given; empty for a layout
 * @param path the namespace without slashes around it (may be empty), or the layout's folder
 */
public record RegistryUrl(Scheme scheme, String host, String path) {

  /** How the place is reached. */
  public enum Scheme {
    OCI("oci://"),
    OCI_HTTP("oci+http://"),
    LAYOUT("oci-layout:");

    private final String prefix;

    Scheme(String prefix) {
      this.prefix = prefix;
    }
  }

  private static final String EXAMPLE =
      "oci://registry.example.com/floe, oci+http://10.0.0.5:5000/floe or oci-layout:/srv/oci";
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)(:([0-9]{1,5}))?");
  private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern NAMESPACE = Pattern.compile(COMPONENT + "(/" + COMPONENT + ")*");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Reads a URL of one of the three schemes.
   *
   * @throws InvalidWord with position and example
   */
  public static RegistryUrl parse(String text) {
    for (Scheme scheme : Scheme.values()) {
      if (text.startsWith(scheme.prefix)) {
        String rest = text.substring(scheme.prefix.length());
        return scheme == Scheme.LAYOUT ? layout(text, rest) : remote(scheme, text, rest);
      }
    }
    throw invalid(text, 1, "expected oci://, oci+http:// or oci-layout:");
  }

  private static RegistryUrl layout(String text, String folder) {
    if (folder.isBlank()) {
      throw invalid(text, text.length() + 1, "the layout's folder is missing");
    }
    return new RegistryUrl(Scheme.LAYOUT, "", stripTrailingSlash(folder));
  }

  private static RegistryUrl remote(Scheme scheme, String text, String rest) {
    int start = scheme.prefix.length() + 1;
    if (rest.indexOf('@') >= 0) {
      throw invalid(text, start, "credentials do not belong into the URL (use credentials:)");
    }
    int slash = rest.indexOf('/');
    String host = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : stripTrailingSlash(rest.substring(slash + 1));
    Matcher authority = AUTHORITY.matcher(host);
    if (!authority.matches()) {
      throw invalid(text, start, "expected host or host:port");
    }
    String port = authority.group(4);
    if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535)) {
      throw invalid(text, start + authority.start(4), "the port must be 1 to 65535");
    }
    if (!path.isEmpty() && !NAMESPACE.matcher(path).matches()) {
      throw invalid(
          text,
          start + slash + 1,
          "a namespace has lower-case letters, digits and . _ - between them");
    }
    return new RegistryUrl(scheme, host, path);
  }

  /**
   * Reads a host, with its port or not.
   *
   * @throws InvalidWord with an example
   */
  static String authority(String text) {
    if (!AUTHORITY.matcher(text).matches()) {
      throw new InvalidWord(
          "host", text, 1, "expected host or host:port", "auth.example.com or 10.0.0.5:8443");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static String stripTrailingSlash(String text) {
    return text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static InvalidWord invalid(String text, int position, String why) {
    return new InvalidWord("registry URL", text, position, why, EXAMPLE);
  }

  /** Whether the name can stand as an artifact's name, that is as one part of a repository. */
  public static boolean isArtifactName(String name) {
    return name.length() <= 128 && name.matches(COMPONENT);
  }

  /** The repository of an artifact: the namespace, a slash and the artifact's name. */
  public String repository(String artifact) {
    return path.isEmpty() ? artifact : path + "/" + artifact;
  }

  public Reference ref(String artifact, String tag) {
    return new Reference(this, artifact, tag, null);
  }

  public Reference ref(String artifact, Digest digest) {
    return new Reference(this, artifact, null, digest);
  }

  /** Whether the registry speaks HTTP without TLS: forced by the scheme, or on loopback. */
  public boolean plainHttp() {
    return scheme == Scheme.OCI_HTTP
        || (scheme == Scheme.OCI && LOOPBACK.contains(host.replaceFirst(":[0-9]+$", "")));
  }

  public boolean isLayout() {
    return scheme == Scheme.LAYOUT;
  }

  @Override
  public String toString() {
    String place = isLayout() ? path : path.isEmpty() ? host : host + "/" + path;
    return scheme.prefix + place;
  }

  String prefix() {
    return scheme.prefix;
  }
}
