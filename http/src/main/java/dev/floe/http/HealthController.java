package dev.floe.http;

import dev.floe.kernel.Trouble;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says whether the process lives, whether everything in it accepts work, and what is wrong. */
@Controller("/health")
final class HealthController {

  private final List<ReadinessCheck> checks;

  HealthController(List<ReadinessCheck> checks) {
    // A service may be known as itself and as a check.
    this.checks = checks.stream().distinct().toList();
  }

  @Get("/liveness")
  Map<String, String> liveness() {
    return Map.of("status", "UP");
  }

  @Get("/readiness")
  HttpResponse<Map<String, Object>> readiness() {
    Map<String, String> parts = new TreeMap<>();
    List<Map<String, String>> troubles = new ArrayList<>();
    for (ReadinessCheck check : checks) {
      parts.put(check.name(), check.isReady() ? "UP" : "DOWN");
      check.troubles().forEach(trouble -> troubles.add(document(check.name(), trouble)));
    }
    boolean ready = !parts.containsValue("DOWN");
    return HttpResponse.<Map<String, Object>>status(
            ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(Map.of("status", ready ? "UP" : "DOWN", "parts", parts, "troubles", troubles));
  }

  private static Map<String, String> document(String part, Trouble trouble) {
    return Map.of(
        "part", part, "what", trouble.what(), "where", trouble.where(), "fix", trouble.fix());
  }
}
