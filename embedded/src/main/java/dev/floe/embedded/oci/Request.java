package dev.floe.embedded.oci;

import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as any server can hand it over.
 *
 * @param path as on the request line, percent-encoding and all, from {@code /v2} on
 * @param query as on the request line, without the question mark; null when there is none
 * @param headers names in any case
 * @param body read as it comes, to where it is needed
 * @param remote who asks, for the log
 */
public record Request(
    String method,
    String path,
    @Nullable String query,
    Map<String, List<String>> headers,
    InputStream body,
    String remote) {

  public Request {
    var anyCase = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = Collections.unmodifiableMap(anyCase);
  }

  Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst().map(String::strip);
  }

  /** The first value of a query parameter; empty too when it has no value. */
  Optional<String> parameter(String name) {
    if (query == null) {
      return Optional.empty();
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && decoded(pair.substring(0, equals)).equals(name)) {
        return Optional.of(decoded(pair.substring(equals + 1))).filter(value -> !value.isEmpty());
      }
    }
    return Optional.empty();
  }

  /** A plus stays one: media types have it, and nothing a registry is asked for has a space. */
  static String decoded(String encoded) {
    try {
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw RegistryError.badRequest("the URL has a percent sign that encodes nothing");
    }
  }
}
