package dev.floe.embedded.schemaregistry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Confluent's REST API over the registry: routes, bodies, error codes, and who may write. */
final class RestApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  private final SchemaRegistryServer registry;
  private final Writers writers;

  RestApi(SchemaRegistryServer registry, Writers writers) {
    this.registry = registry;
    this.writers = writers;
  }

  Response handle(
      String method,
      String path,
      @Nullable String query,
      Map<String, String> headers,
      byte[] body) {
    try {
      return answer(200, route(method, RestRequest.of(path, query, headers, body)));
    } catch (RegistryRefusal e) {
      return answer(
          e.status(),
          JSON.createObjectNode().put("error_code", e.code()).put("message", e.getMessage()));
    }
  }

  private static Response answer(int status, JsonNode body) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", MEDIA_TYPE);
    if (status == 401) {
      headers.put("WWW-Authenticate", "Basic realm=\"schema registry\"");
    }
    return new Response(status, Map.copyOf(headers), body.toString());
  }

  private JsonNode route(String method, RestRequest request) {
    List<String> path = request.segments();
    String area = path.isEmpty() ? "" : path.getFirst();
    String route = method + " " + (path.isEmpty() ? "/" : area) + " " + path.size();
    return switch (route) {
      case "GET / 0" -> JSON.createObjectNode();
      case "GET subjects 1" -> subjects(request);
      case "POST subjects 2" -> lookup(request);
      case "GET subjects 3" -> versions(request);
      case "POST subjects 3" -> register(request);
      case "GET subjects 4" -> json(version(request));
      case "GET subjects 5" -> versionsSchema(request);
      case "GET schemas 2" -> types(request);
      case "GET schemas 3" -> schema(request);
      case "GET schemas 4" -> partOfSchema(request);
      case "GET config 1" -> compatibilityLevel(registry.level());
      case "GET config 2" -> subjectsLevel(request);
      case "PUT config 1" -> configure(request, Optional.empty());
      case "PUT config 2" -> configure(request, Optional.of(request.segment(1)));
      case "POST compatibility 4", "POST compatibility 5" -> compatibility(request);
      case "GET mode 1", "GET mode 2" -> JSON.createObjectNode().put("mode", "READWRITE");
      default -> throw unknown(area);
    };
  }

  private static RegistryRefusal unknown(String area) {
    boolean exists =
        List.of("subjects", "schemas", "config", "compatibility", "mode").contains(area);
    return exists
        ? RegistryRefusal.plain(405, "This registry neither deletes nor does this otherwise")
        : RegistryRefusal.plain(404, "HTTP 404 Not Found");
  }

  private JsonNode subjects(RestRequest request) {
    String prefix = request.query().getOrDefault("subjectPrefix", "");
    return strings(registry.subjects().stream().filter(subject -> subject.startsWith(prefix)));
  }

  private JsonNode lookup(RestRequest request) {
    return json(registry.lookup(request.segment(1), request.schema()));
  }

  private JsonNode versions(RestRequest request) {
    request.expect(2, "versions");
    ArrayNode numbers = JSON.createArrayNode();
    registry.versions(request.segment(1)).forEach(found -> numbers.add(found.version()));
    return numbers;
  }

  private JsonNode register(RestRequest request) {
    request.expect(2, "versions");
    requireToken(request);
    int id = registry.register(request.segment(1), request.schema());
    return JSON.createObjectNode().put("id", id);
  }

  private Registered version(RestRequest request) {
    request.expect(2, "versions");
    return registry.version(request.segment(1), request.segment(3));
  }

  private JsonNode versionsSchema(RestRequest request) {
    request.expect(4, "schema");
    return tree(version(request).schema());
  }

  private static JsonNode types(RestRequest request) {
    request.expect(1, "types");
    return JSON.createArrayNode().add("AVRO");
  }

  private JsonNode schema(RestRequest request) {
    return JSON.createObjectNode().put("schema", registry.schemaById(id(request)));
  }

  private JsonNode partOfSchema(RestRequest request) {
    int id = id(request);
    String schema = registry.schemaById(id);
    return switch (request.segment(3)) {
      case "schema" -> tree(schema);
      case "subjects" -> strings(registry.using(id).stream().map(Registered::subject).distinct());
      case "versions" -> {
        ArrayNode users = JSON.createArrayNode();
        for (Registered user : registry.using(id)) {
          users.addObject().put("subject", user.subject()).put("version", user.version());
        }
        yield users;
      }
      default -> throw RegistryRefusal.plain(404, "HTTP 404 Not Found");
    };
  }

  private static int id(RestRequest request) {
    request.expect(1, "ids");
    try {
      return Integer.parseInt(request.segment(2));
    } catch (NumberFormatException _) {
      throw RegistryRefusal.noSuchSchema(" " + request.segment(2));
    }
  }

  private JsonNode subjectsLevel(RestRequest request) {
    String subject = request.segment(1);
    return compatibilityLevel(
        registry
            .ownLevel(subject)
            .or(
                () ->
                    request.says("defaultToGlobal")
                        ? Optional.of(registry.level())
                        : Optional.empty())
            .orElseThrow(() -> RegistryRefusal.noLevelOf(subject)));
  }

  private static JsonNode compatibilityLevel(Level level) {
    return JSON.createObjectNode().put("compatibilityLevel", level.name());
  }

  private JsonNode configure(RestRequest request, Optional<String> subject) {
    requireToken(request);
    Level level = Level.of(request.content().path("compatibility").asText());
    registry.configure(subject, level);
    return JSON.createObjectNode().put("compatibility", level.name());
  }

  private JsonNode compatibility(RestRequest request) {
    request.expect(1, "subjects");
    request.expect(3, "versions");
    String subject = request.segment(2);
    Schema schema = Registered.parse(request.schema());
    List<String> objections =
        request.segments().size() == 4
            ? registry.objections(subject, schema)
            : registry
                .level(subject)
                .objections(
                    schema, List.of(registry.version(subject, request.segment(4)).parsed()));
    ObjectNode answer = JSON.createObjectNode().put("is_compatible", objections.isEmpty());
    if (request.says("verbose")) {
      answer.set("messages", strings(objections.stream()));
    }
    return answer;
  }

  private void requireToken(RestRequest request) {
    String token = request.token();
    if (token.isEmpty()) {
      throw RegistryRefusal.plain(401, "Registering takes a token, as bearer or Basic password");
    }
    if (!writers.mayRegister(token)) {
      throw RegistryRefusal.plain(401, "This token does not permit registering");
    }
  }

  private static ObjectNode json(Registered found) {
    return JSON.createObjectNode()
        .put("subject", found.subject())
        .put("version", found.version())
        .put("id", found.id())
        .put("schema", found.schema());
  }

  private static JsonNode tree(String schema) {
    try {
      return JSON.readTree(schema.getBytes(UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("a registered schema is not JSON: " + schema, e);
    }
  }

  private static ArrayNode strings(Stream<String> all) {
    ArrayNode array = JSON.createArrayNode();
    all.forEach(array::add);
    return array;
  }
}
