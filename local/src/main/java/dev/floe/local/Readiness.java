package dev.floe.local;

import dev.floe.audit.ProjectorService;
import dev.floe.http.ReadinessCheck;
import dev.floe.kernel.Trouble;
import dev.floe.messaging.Troubles;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Whether every service of this process accepts work, and what is the matter with it. */
record Readiness(List<ReadinessCheck> checks) {

  static Readiness of(
      Infrastructure infrastructure, Services services, ProjectorService projector) {
    Troubles board = services.troubles();
    return new Readiness(
        List.of(
            new Check("promotion-service", services.promotions()::isReady, board),
            new Check("approval-service", services.approvals()::isReady, board),
            new Check("gate-runner", services.gates()::isReady, board),
            new Check("registry-sync", services.registries()::isReady, board),
            projector,
            new DatabaseCheck(infrastructure.postgres()),
            infrastructure.storage()));
  }

  /** What is stuck does not keep the rest from starting: readiness and doctor tell of it. */
  boolean isSettled() {
    return checks.stream().allMatch(check -> check.isReady() || !check.troubles().isEmpty());
  }

  /** A line for each trouble. */
  List<String> lines() {
    return checks.stream()
        .flatMap(check -> check.troubles().stream().map(trouble -> line(check.name(), trouble)))
        .toList();
  }

  private static String line(String part, Trouble trouble) {
    return "%s, %s: %s. %s".formatted(part, trouble.where(), trouble.what(), trouble.fix());
  }

  private record Check(String name, BooleanSupplier ready, Troubles board)
      implements ReadinessCheck {
    @Override
    public boolean isReady() {
      return ready.getAsBoolean() && !board.isStuck(name);
    }

    @Override
    public List<Trouble> troubles() {
      return board.of(name);
    }
  }
}
