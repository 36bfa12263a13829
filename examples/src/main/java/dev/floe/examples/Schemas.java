package dev.floe.examples;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;

/** The two questions that a client has for a schema registry, in Confluent's REST API. */
public final class Schemas implements AutoCloseable {

  private final URI registry;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  public Schemas(URI registry) {
    this.registry = registry;
  }

  /** The id under which {@code schema} is registered for {@code topic}. */
  int id(String topic, Schema schema) throws IOException, InterruptedException {
    String subject = topic + "-" + schema.getFullName();
    String body = JSONObjectUtils.toJSONString(Map.of("schema", schema.toString()));
    Map<String, Object> found =
        ask("/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8), body);
    return ((Number) member(found, "id")).intValue();
  }

  /** The schema that a record was written with. */
  Schema byId(int id) throws IOException, InterruptedException {
    return new Schema.Parser().parse((String) member(ask("/schemas/ids/" + id, ""), "schema"));
  }

  private static Object member(Map<String, Object> answer, String name) throws IOException {
    Object value = answer.get(name);
    if (value == null) {
      throw new IOException("the schema registry's answer has no '%s'".formatted(name));
    }
    return value;
  }

  private Map<String, Object> ask(String path, String body)
      throws IOException, InterruptedException {
    URI address = URI.create(registry + path);
    BodyPublisher sent = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .method(body.isEmpty() ? "GET" : "POST", sent)
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "%s answered %d: %s".formatted(address, answer.statusCode(), answer.body()));
    }
    try {
      return JSONObjectUtils.parse(answer.body());
    } catch (ParseException broken) {
      throw new IOException("%s did not answer with JSON".formatted(address), broken);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
