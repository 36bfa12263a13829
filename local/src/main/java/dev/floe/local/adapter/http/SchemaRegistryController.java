package dev.floe.local.adapter.http;

import dev.floe.embedded.schemaregistry.Response;
import dev.floe.embedded.schemaregistry.SchemaRegistryServer;
import dev.floe.http.OpenToEveryone;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The embedded schema registry, for clients of other services. */
@Controller(SchemaRegistryController.PREFIX)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class SchemaRegistryController {

  static final String PREFIX = "/schema-registry";

  private static final String ITS_OWN_DOOR = "the registry asks its Writers for each write";

  private final SchemaRegistryServer registry;

  SchemaRegistryController(SchemaRegistryServer registry) {
    this.registry = registry;
  }

  @Get("{/path:.*}")
  HttpResponse<String> get(HttpRequest<?> request) {
    return answer(request, null);
  }

  @Post("{/path:.*}")
  @OpenToEveryone(ITS_OWN_DOOR)
  HttpResponse<String> post(HttpRequest<?> request, @Body byte @Nullable [] body) {
    return answer(request, body);
  }

  @Put("{/path:.*}")
  @OpenToEveryone(ITS_OWN_DOOR)
  HttpResponse<String> put(HttpRequest<?> request, @Body byte @Nullable [] body) {
    return answer(request, body);
  }

  @Delete("{/path:.*}")
  @OpenToEveryone(ITS_OWN_DOOR)
  HttpResponse<String> delete(HttpRequest<?> request) {
    return answer(request, null);
  }

  private HttpResponse<String> answer(HttpRequest<?> request, byte @Nullable [] body) {
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<String, List<String>> header : request.getHeaders()) {
      headers.put(header.getKey(), String.join(",", header.getValue()));
    }
    String path = request.getUri().getRawPath().substring(PREFIX.length());
    Response response =
        registry.handle(
            request.getMethodName(),
            path.isEmpty() ? "/" : path,
            request.getUri().getRawQuery(),
            headers,
            body == null ? new byte[0] : body);
    MutableHttpResponse<String> answer = HttpResponse.status(response.status(), null);
    response.headers().forEach(answer::header);
    return answer.body(response.body());
  }
}
