package dev.floe.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says whether the process lives, and whether everything in it accepts work. */
@Controller("/health")
final class HealthController {

  private final List<ReadinessCheck> checks;

  HealthController(List<ReadinessCheck> checks) {
    this.checks = checks;
  }

  @Get("/liveness")
  Map<String, String> liveness() {
    return Map.of("status", "UP");
  }

  @Get("/readiness")
  HttpResponse<Map<String, Object>> readiness() {
    Map<String, String> parts = new TreeMap<>();
    for (ReadinessCheck check : checks) {
      parts.put(check.name(), check.isReady() ? "UP" : "DOWN");
    }
    boolean ready = !parts.containsValue("DOWN");
    return HttpResponse.<Map<String, Object>>status(
            ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(Map.of("status", ready ? "UP" : "DOWN", "parts", parts));
  }
}
