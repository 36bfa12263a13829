package dev.floe.local.adapter.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The page that shows where everything stands; it reads the same API as everybody else. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class PageController {

  private static final Map<String, String> FILES =
      Map.of("/", "index.html", "/floe.js", "floe.js", "/floe.css", "floe.css");

  @Get(value = "/", produces = MediaType.TEXT_HTML)
  HttpResponse<byte[]> page() {
    return file("/");
  }

  @Get(value = "/floe.js", produces = "text/javascript")
  HttpResponse<byte[]> script() {
    return file("/floe.js");
  }

  @Get(value = "/floe.css", produces = "text/css")
  HttpResponse<byte[]> style() {
    return file("/floe.css");
  }

  @Get(value = "/openapi.yaml", produces = "application/yaml")
  HttpResponse<byte[]> api() {
    return resource("openapi.yaml");
  }

  private static HttpResponse<byte[]> file(String path) {
    return resource(FILES.getOrDefault(path, ""))
        .header("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'")
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-cache");
  }

  private static MutableHttpResponse<byte[]> resource(String name) {
    try (InputStream in = PageController.class.getResourceAsStream("/web/" + name)) {
      return in == null ? HttpResponse.notFound() : HttpResponse.ok(in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(name + " cannot be read", unreadable);
    }
  }
}
