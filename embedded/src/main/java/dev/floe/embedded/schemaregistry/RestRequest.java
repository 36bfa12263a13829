package dev.floe.embedded.schemaregistry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request taken apart; a segment of the path is decoded, so one may hold a slash. */
record RestRequest(
    List<String> segments, Map<String, String> query, Map<String, String> headers, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST_BODY = 1 << 20;

  static RestRequest of(
      String path, @Nullable String query, Map<String, String> headers, byte[] body) {
    if (body.length > LARGEST_BODY) {
      throw RegistryRefusal.plain(413, "The body is larger than " + LARGEST_BODY + " bytes");
    }
    return new RestRequest(segments(path), parameters(query), headers, new String(body, UTF_8));
  }

  String segment(int index) {
    return segments.get(index);
  }

  void expect(int index, String word) {
    if (!segment(index).equals(word)) {
      throw RegistryRefusal.plain(404, "HTTP 404 Not Found");
    }
  }

  boolean says(String name) {
    return Boolean.parseBoolean(query.getOrDefault(name, "false"));
  }

  JsonNode content() {
    try {
      return JSON.readTree(body.getBytes(UTF_8));
    } catch (IOException _) {
      throw RegistryRefusal.plain(400, "The body is not JSON");
    }
  }

  /** The schema that the body brings, still as text. */
  String schema() {
    JsonNode content = content();
    String type = content.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw RegistryRefusal.invalidSchema("type " + type + " is not supported, only AVRO");
    }
    if (!content.path("references").isEmpty()) {
      throw RegistryRefusal.invalidSchema("references are not supported; put it all in one schema");
    }
    if (!content.path("schema").isTextual()) {
      throw RegistryRefusal.invalidSchema("the body has no text named schema");
    }
    return content.path("schema").asText();
  }

  /** The token, sent as bearer or as the password of Basic; empty when there is none. */
  String token() {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("authorization"))
        .map(header -> header.getValue().strip().split("\\s+", 2))
        .filter(words -> words.length == 2)
        .map(
            words ->
                switch (words[0].toLowerCase(Locale.ROOT)) {
                  case "bearer" -> words[1];
                  case "basic" -> password(words[1]);
                  default -> "";
                })
        .findFirst()
        .orElse("");
  }

  private static String password(String credentials) {
    try {
      String pair = new String(Base64.getDecoder().decode(credentials), UTF_8);
      return pair.substring(pair.indexOf(':') + 1);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  private static List<String> segments(String path) {
    return Stream.of(path.split("/", -1))
        .filter(segment -> !segment.isEmpty())
        // A plus is a blank in forms and queries only.
        .map(segment -> decoded(segment.replace("+", "%2B")))
        .toList();
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        parameters.put(
            decoded(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "true" : decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part, UTF_8);
    } catch (IllegalArgumentException _) {
      throw RegistryRefusal.plain(400, "'" + part + "' is not percent-encoded");
    }
  }
}
