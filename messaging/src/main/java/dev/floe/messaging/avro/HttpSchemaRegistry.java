package dev.floe.messaging.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A registry behind Confluent's REST API, asked once per schema: answers are kept, for an id never
 * changes its schema.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ATTEMPTS = 3;

  private final URI base;
  private final Optional<String> token;
  private final Duration timeout;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<Registered, Integer> ids = new ConcurrentHashMap<>();

  private record Registered(String subject, Schema schema) {}

  /**
   * @param base the registry's URL, with the path that {@code /subjects} follows
   * @param token sent as bearer token where there is one; reading needs none
   * @param timeout for connecting, and again for the answer
   */
  public HttpSchemaRegistry(URI base, Optional<String> token, Duration timeout) {
    this.base = base;
    this.token = token;
    this.timeout = timeout;
  }

  @Override
  public int register(String subject, Schema schema) {
    return idUnder(subject, schema, "/subjects/%s/versions");
  }

  @Override
  public int idOf(String subject, Schema schema) {
    return idUnder(subject, schema, "/subjects/%s");
  }

  @Override
  public Schema byId(int id) {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    String path = "/schemas/ids/" + id;
    String text = member(call("GET", path, null), path, "schema").asText();
    Schema schema = new Schema.Parser().parse(text);
    schemas.put(id, schema);
    return schema;
  }

  private int idUnder(String subject, Schema schema, String route) {
    var registered = new Registered(subject, schema);
    Integer known = ids.get(registered);
    if (known != null) {
      return known;
    }
    String path = route.formatted(URLEncoder.encode(subject, StandardCharsets.UTF_8));
    String body = JSON.createObjectNode().put("schema", schema.toString()).toString();
    int id = member(call("POST", path, body), path, "id").asInt();
    ids.put(registered, id);
    schemas.putIfAbsent(id, schema);
    return id;
  }

  private JsonNode call(String method, String path, @Nullable String body) {
    IOException last = null;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        return exchange(method, path, body);
      } catch (IOException unreachable) {
        last = unreachable;
      }
    }
    throw new Unavailable(
        "tried %s %s%s %d times and failed: %s"
            .formatted(method, base, path, ATTEMPTS, last == null ? "" : last.getMessage()),
        last == null ? new IOException("no attempt") : last);
  }

  private JsonNode exchange(String method, String path, @Nullable String body) throws IOException {
    var connection = (HttpURLConnection) URI.create(base + path).toURL().openConnection();
    connection.setConnectTimeout((int) timeout.toMillis());
    connection.setReadTimeout((int) timeout.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setRequestMethod(method);
    connection.setRequestProperty("Accept", MEDIA_TYPE + ", application/json");
    token.ifPresent(text -> connection.setRequestProperty("Authorization", "Bearer " + text));
    if (body != null) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", MEDIA_TYPE);
      try (var out = connection.getOutputStream()) {
        out.write(body.getBytes(StandardCharsets.UTF_8));
      }
    }
    int status = connection.getResponseCode();
    String answer = read(status < 400 ? connection.getInputStream() : connection.getErrorStream());
    if (status >= 500 || status == 429) {
      throw new IOException("it answered %d: %s".formatted(status, answer));
    }
    if (status != 200) {
      throw new Rejected(
          "%s %s%s was answered %d: %s".formatted(method, base, path, status, answer));
    }
    try {
      return JSON.readTree(answer);
    } catch (JsonProcessingException noJson) {
      throw new IOException("it answered no JSON: " + noJson.getOriginalMessage(), noJson);
    }
  }

  private static JsonNode member(JsonNode answer, String path, String name) {
    JsonNode member = answer.get(name);
    if (member == null) {
      throw new Unavailable("the answer to %s has no '%s'".formatted(path, name));
    }
    return member;
  }

  private static String read(@Nullable InputStream in) throws IOException {
    if (in == null) {
      return "";
    }
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
