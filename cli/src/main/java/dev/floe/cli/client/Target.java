package dev.floe.cli.client;

import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.manifest.ProblemCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where the server is.
 *
 * @param url without a slash at its end
 */
public record Target(URI url) {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /** The URL that was given, else the one that {@code usual} tells of. */
  public static Target of(String given, Supplier<DataFolder> usual) {
    if (!given.isEmpty()) {
      return new Target(parse(given));
    }
    DataFolder folder = usual.get();
    Optional<Doc> running = folder.running();
    if (running.isEmpty()) {
      throw Failure.of(
          ProblemCode.SERVICE_UNREACHABLE,
          "no running floe is known: %s has no floe.json".formatted(folder.path()),
          "Start it with floe up, or name the server with --url or FLOE_URL.");
    }
    return new Target(parse(running.get().text("url")));
  }

  /** Whether the server is on this machine, which may see this machine's tokens. */
  public boolean isLoopback() {
    String host = url.getHost();
    return host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }

  private static URI parse(String text) {
    try {
      URI url = new URI(text.replaceFirst("/+$", ""));
      String scheme = url.getScheme();
      if (url.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
        return url;
      }
    } catch (URISyntaxException _) {
      // Falls through to the one message that fits.
    }
    throw Failure.usage(
        "'%s' is no URL of a server".formatted(text),
        "Give --url or FLOE_URL as http://127.0.0.1:8080.");
  }
}
