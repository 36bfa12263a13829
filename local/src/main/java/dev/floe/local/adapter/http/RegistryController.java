package dev.floe.local.adapter.http;

import dev.floe.embedded.oci.OciRegistry;
import dev.floe.embedded.oci.Request;
import dev.floe.embedded.oci.Response;
import dev.floe.http.OpenToEveryone;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The embedded OCI registry under {@code /v2/}. */
@Controller("/v2")
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class RegistryController {

  private static final String ITS_OWN_DOOR = "the registry asks its WritePolicy for each write";

  private static final int DRAINED = 8 * 1024 * 1024;

  private final OciRegistry registry;

  RegistryController(OciRegistry registry) {
    this.registry = registry;
  }

  @Get("{/path:.*}")
  HttpResponse<?> get(HttpRequest<?> request) throws IOException {
    return answer(request, InputStream.nullInputStream());
  }

  @Put("{/path:.*}")
  @OpenToEveryone(ITS_OWN_DOOR)
  HttpResponse<?> put(HttpRequest<?> request, @Body @Nullable InputStream body) throws IOException {
    return answer(request, body);
  }

  @Post("{/path:.*}")
  @OpenToEveryone(ITS_OWN_DOOR)
  HttpResponse<?> post(HttpRequest<?> request, @Body @Nullable InputStream body)
      throws IOException {
    return answer(request, body);
  }

  @Patch("{/path:.*}")
  @OpenToEveryone(ITS_OWN_DOOR)
  HttpResponse<?> patch(HttpRequest<?> request, @Body @Nullable InputStream body)
      throws IOException {
    return answer(request, body);
  }

  @Delete("{/path:.*}")
  @OpenToEveryone(ITS_OWN_DOOR)
  HttpResponse<?> delete(HttpRequest<?> request) throws IOException {
    return answer(request, InputStream.nullInputStream());
  }

  private HttpResponse<?> answer(HttpRequest<?> request, @Nullable InputStream body)
      throws IOException {
    InputStream bytes = body == null ? InputStream.nullInputStream() : body;
    Response response = registry.handle(translated(request, bytes));
    drain(bytes);
    return translated(response);
  }

  /** Reads a little of what nobody wanted, so that the client gets to read the answer. */
  private static void drain(InputStream body) throws IOException {
    try (body) {
      var _ = body.readNBytes(DRAINED);
    }
  }

  private static Request translated(HttpRequest<?> request, InputStream body) {
    Map<String, List<String>> headers = new HashMap<>();
    request.getHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
    // The server leaves out the body of an answer to HEAD, and needs one to count it.
    String method = request.getMethod() == HttpMethod.HEAD ? "GET" : request.getMethodName();
    return new Request(
        method,
        request.getUri().getRawPath(),
        request.getUri().getRawQuery(),
        headers,
        body,
        request.getRemoteAddress().toString());
  }

  private static HttpResponse<?> translated(Response response) throws IOException {
    MutableHttpResponse<Object> answer = HttpResponse.status(response.status(), null);
    response.headers().forEach(answer::header);
    if (response.body().length() > 0) {
      String type =
          response.headers().getOrDefault("Content-Type", MediaType.APPLICATION_OCTET_STREAM);
      // The server would let clients keep the answer for a minute, though a tag may move.
      answer
          .header("Cache-Control", "no-cache")
          .body(
              new StreamedFile(
                  response.body().open(), MediaType.of(type), 0, response.body().length()));
    }
    return answer;
  }
}
