package dev.floe.gate.adapter.process;

import dev.floe.gate.application.GateOrder;
import dev.floe.gate.application.Subject;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Orders for tests, each said by what is special about it. */
record Orders(
    List<String> command,
    Duration timeout,
    Map<String, String> environment,
    @Nullable Path work,
    int retries,
    Gate.Network network,
    Subject subject,
    boolean requireIsolation) {

  static final Digest DIGEST = Digest.sha256("artifact");
  static final Subject SUBJECT =
      new Subject("127.0.0.1:5000/dev/floe-platform@" + DIGEST, DIGEST, "v1.2.3", "dev", "staging");

  static Orders command(String... words) {
    return new Orders(
        List.of(words),
        Duration.ofSeconds(30),
        Map.of(),
        null,
        0,
        Gate.Network.HOST,
        SUBJECT,
        false);
  }

  static Orders shell(String script) {
    return command("sh", "-c", script);
  }

  Orders within(Duration time) {
    return new Orders(
        command, time, environment, work, retries, network, subject, requireIsolation);
  }

  Orders with(Map<String, String> variables) {
    return new Orders(
        command, timeout, variables, work, retries, network, subject, requireIsolation);
  }

  Orders in(Path folder) {
    return new Orders(
        command, timeout, environment, folder, retries, network, subject, requireIsolation);
  }

  Orders retried(int times) {
    return new Orders(
        command, timeout, environment, work, times, network, subject, requireIsolation);
  }

  Orders withoutNetwork() {
    return new Orders(
        command, timeout, environment, work, retries, Gate.Network.NONE, subject, requireIsolation);
  }

  Orders about(Subject other) {
    return new Orders(
        command, timeout, environment, work, retries, network, other, requireIsolation);
  }

  Orders isolatedOnly() {
    return new Orders(command, timeout, environment, work, retries, network, subject, true);
  }

  GateOrder order() {
    return new GateOrder(
        "smoke_test",
        command,
        timeout,
        environment,
        work,
        retries,
        network,
        subject,
        Set.of(),
        requireIsolation);
  }
}
