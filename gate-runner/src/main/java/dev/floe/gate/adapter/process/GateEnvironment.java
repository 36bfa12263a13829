package dev.floe.gate.adapter.process;

import dev.floe.gate.application.GateOrder;
import dev.floe.gate.application.Subject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment of a gate's process: what the contract lists and nothing of the runner's own. */
final class GateEnvironment {

  private static final String USUAL_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final Map<String, String> runners;

  /**
   * @param runners the runner's own environment, of which only PATH and LANG are passed on
   */
  GateEnvironment(Map<String, String> runners) {
    this.runners = Map.copyOf(runners);
  }

  /** PATH and LANG give way to the gate's own; what says who and where the gate is does not. */
  Map<String, String> of(GateOrder order, Path home, Path temporary) {
    Subject subject = order.subject();
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PATH", path());
    environment.put("LANG", runners.getOrDefault("LANG", "C.UTF-8"));
    environment.putAll(order.environment());
    environment.put("HOME", home.toString());
    environment.put("TMPDIR", temporary.toString());
    environment.put("FLOE_ARTIFACT", subject.artifact());
    environment.put("FLOE_DIGEST", subject.digest().toString());
    environment.put("FLOE_VERSION", subject.version());
    environment.put("FLOE_FROM_ENV", subject.fromEnv());
    environment.put("FLOE_TO_ENV", subject.toEnv());
    return environment;
  }

  private String path() {
    String path = runners.getOrDefault("PATH", "");
    return path.isBlank() ? USUAL_PATH : path;
  }
}
