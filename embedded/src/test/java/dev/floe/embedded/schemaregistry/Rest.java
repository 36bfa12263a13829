package dev.floe.embedded.schemaregistry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests to a registry as an HTTP server would hand them over, and what the answers must be. */
record Rest(SchemaRegistryServer registry) {
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  Response call(String method, String target, String body, Map<String, String> headers) {
    String[] parts = target.split("\\?", 2);
    Map<String, String> all = new HashMap<>(headers);
    all.put("Accept", MEDIA_TYPE);
    return registry.handle(
        method, parts[0], parts.length > 1 ? parts[1] : null, all, body.getBytes(UTF_8));
  }

  static JsonNode ok(Response response) {
    assertThat(response.status()).as(response.body()).isEqualTo(200);
    assertThat(response.headers()).containsEntry("Content-Type", MEDIA_TYPE);
    return json(response);
  }

  static void refused(Response response, int status, int code) {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    assertThat(json(response).get("error_code").asInt()).isEqualTo(code);
    assertThat(json(response).get("message").asText()).isNotBlank();
  }

  static List<String> fields(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode json(Response response) {
    try {
      return new ObjectMapper().readTree(response.body().getBytes(UTF_8));
    } catch (IOException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
