package dev.floe.gate.adapter.process;

import dev.floe.gate.application.GateOrder;
import dev.floe.gate.application.Guarded;
import dev.floe.gate.application.Subject;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Gate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    boolean requireIsolation,
    Guarded guarded) {

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
        false,
        Guarded.NOTHING);
  }

  static Orders shell(String script) {
    return command("sh", "-c", script);
  }

  Orders within(Duration time) {
    return new Orders(
        command, time, environment, work, retries, network, subject, requireIsolation, guarded);
  }

  Orders with(Map<String, String> variables) {
    return new Orders(
        command, timeout, variables, work, retries, network, subject, requireIsolation, guarded);
  }

  Orders in(Path folder) {
    return new Orders(
        command,
        timeout,
        environment,
        folder,
        retries,
        network,
        subject,
        requireIsolation,
        guarded);
  }

  Orders retried(int times) {
    return new Orders(
        command, timeout, environment, work, times, network, subject, requireIsolation, guarded);
  }

  Orders withoutNetwork() {
    return new Orders(
        command,
        timeout,
        environment,
        work,
        retries,
        Gate.Network.NONE,
        subject,
        requireIsolation,
        guarded);
  }

  Orders about(Subject other) {
    return new Orders(
        command, timeout, environment, work, retries, network, other, requireIsolation, guarded);
  }

  Orders isolatedOnly() {
    return new Orders(
        command, timeout, environment, work, retries, network, subject, true, guarded);
  }

  Orders guarding(Guarded other) {
    return new Orders(
        command, timeout, environment, work, retries, network, subject, requireIsolation, other);
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
        guarded,
        requireIsolation);
  }
}
