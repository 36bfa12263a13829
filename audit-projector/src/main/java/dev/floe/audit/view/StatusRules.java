package dev.floe.audit.view;

import dev.floe.audit.view.Status.Attempt;
import dev.floe.audit.view.Status.Current;
import dev.floe.audit.view.Status.EnvironmentStatus;
import dev.floe.audit.view.Status.Origin;
import dev.floe.audit.view.Status.Past;
import dev.floe.audit.view.Status.Pending;
import dev.floe.audit.view.Status.RegistryState;
import dev.floe.manifest.Environment;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Registry;
import dev.floe.manifest.Team;
import dev.floe.manifest.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the rows say about where an artifact stood at a time.
 *
 * @param manifest the one in force then
 * @param arrivals by environment, newest first, none after {@code at}
 * @param promotions those that were open then, those that brought what was live, and the latest of
 *     each environment that ended without bringing anything
 * @param gaps what is wrong with the artifact's log; empty where nothing is
 * @param troubles what was the matter with its registries then
 */
public record StatusRules(
    Manifest manifest,
    Instant at,
    Map<String, List<Arrival>> arrivals,
    List<PromotionRow> promotions,
    List<String> gaps,
    List<RegistryTrouble> troubles) {

  private static final String NOT_REQUESTED = "not-requested";

  /** The environments in the order of the path. */
  public List<EnvironmentStatus> environments() {
    return manifest.environments().stream().map(this::environment).toList();
  }

  private EnvironmentStatus environment(Environment environment) {
    String name = environment.name();
    Optional<Arrival> live = live(name);
    List<RegistryState> registries = registries(environment, live.orElse(null));
    @Nullable String available = latestAvailable(name, live.orElse(null));
    List<String> failures = failures(name, live.orElse(null));
    List<String> warnings = warnings(name, live.orElse(null), available, registries);
    return new EnvironmentStatus(
        name,
        live.map(a -> new Current(a.version(), a.digest(), a.tag(), a.ref())).orElse(null),
        failures.isEmpty() ? (warnings.isEmpty() ? "healthy" : "warning") : "failed",
        failures.isEmpty() ? warnings : concat(failures, warnings),
        live.map(this::updatedAt).orElse(null),
        live.map(StatusRules::origin).orElse(null),
        null,
        available,
        approvers(name),
        registries,
        pending(name),
        lastAttempt(name, live.orElse(null)),
        List.of(),
        history(name, live.orElse(null)));
  }

  private Optional<Arrival> live(String environment) {
    return arrivals.getOrDefault(environment, List.of()).stream()
        .filter(arrival -> arrival.until() == null || arrival.until().isAfter(at))
        .findFirst();
  }

  private Instant updatedAt(Arrival live) {
    return live.failedAt() != null && live.hadFailedAt(at) ? live.failedAt() : live.since();
  }

  private static @Nullable Origin origin(Arrival arrival) {
    return arrival.from() == null ? null : new Origin(arrival.from(), arrival.version());
  }

  private @Nullable String latestAvailable(String environment, @Nullable Arrival live) {
    return manifest
        .before(environment)
        .flatMap(before -> live(before.name()))
        .filter(before -> !before.hadFailedAt(at))
        .map(Arrival::version)
        .filter(version -> live == null || isNewer(version, live.version()))
        .orElse(null);
  }

  private static boolean isNewer(String version, String than) {
    return Version.parse(version).isNewerThan(Version.parse(than));
  }

  /** A tag that differs from the log is as bad as a failure: nobody knows who gets what. */
  private List<String> failures(String environment, @Nullable Arrival live) {
    List<String> failures = new ArrayList<>(gaps);
    troublesIn(environment)
        .filter(trouble -> !trouble.isBehind())
        .map(RegistryTrouble::reason)
        .forEach(failures::add);
    if (live != null && live.hadFailedAt(at)) {
      failures.add(live.failure());
    }
    return failures;
  }

  private List<String> warnings(
      String environment,
      @Nullable Arrival live,
      @Nullable String available,
      List<RegistryState> registries) {
    List<String> warnings = new ArrayList<>();
    List<RegistryTrouble> behind =
        troublesIn(environment).filter(RegistryTrouble::isBehind).toList();
    behind.stream().map(RegistryTrouble::reason).forEach(warnings::add);
    if (live != null && available != null) {
      warnings.add("Out-of-date");
    }
    for (RegistryState registry : registries) {
      boolean told = behind.stream().anyMatch(each -> each.registry().equals(registry.name()));
      boolean complete =
          registry.state().equals("copied") || registry.state().equals(NOT_REQUESTED);
      if (live != null && !told && !complete) {
        warnings.add(
            "Registry %s lacks %s; floe copies it by itself"
                .formatted(registry.name(), live.version()));
      }
    }
    return warnings;
  }

  private List<RegistryState> registries(Environment environment, @Nullable Arrival live) {
    Optional<PromotionRow> bringer =
        Optional.ofNullable(live)
            .map(Arrival::promotion)
            .flatMap(id -> promotions.stream().filter(row -> row.id().equals(id)).findFirst());
    List<RegistryState> states = new ArrayList<>();
    for (Registry registry : environment.registries()) {
      String name = registry.name();
      states.add(
          new RegistryState(
              name,
              lacks(environment.name(), name, live)
                  ? "failed"
                  : bringer
                      .map(row -> copyState(row, name))
                      .orElse(live != null ? "copied" : "pending")));
    }
    return states;
  }

  private boolean lacks(String environment, String registry, @Nullable Arrival live) {
    return live != null
        && troublesIn(environment)
            .anyMatch(
                trouble ->
                    trouble.isBehind()
                        && trouble.registry().equals(registry)
                        && trouble.about().equals(live.version()));
  }

  private Stream<RegistryTrouble> troublesIn(String environment) {
    return troubles.stream().filter(trouble -> trouble.environment().equals(environment));
  }

  /** A registry that the promotion was not to copy to lacks nothing that anybody asked for. */
  private String copyState(PromotionRow row, String registry) {
    Course course = row.course();
    if (course != null && course.request().spares(registry)) {
      return NOT_REQUESTED;
    }
    Copies copies = row.copies();
    return copies == null
        ? "pending"
        : copies.registries().stream()
            .filter(copy -> copy.name().equals(registry) && !copy.at().isAfter(at))
            .map(Copies.Copy::state)
            .findFirst()
            .orElse("pending");
  }

  private List<String> approvers(String environment) {
    return manifest.requireApproval(environment)
        ? manifest.approvalTeams(environment).stream().map(Team::name).toList()
        : List.of();
  }

  private List<Pending> pending(String environment) {
    return into(environment)
        .filter(row -> row.isOpenAt(at))
        .map(row -> Attempts.pending(row, at))
        .toList();
  }

  private @Nullable Attempt lastAttempt(String environment, @Nullable Arrival live) {
    return into(environment)
        .filter(row -> live == null || !row.id().equals(live.promotion()))
        .flatMap(row -> Attempts.ended(row, at).stream())
        .filter(attempt -> live == null || attempt.at().isAfter(live.since()))
        .max(Comparator.comparing(Attempt::at))
        .orElse(null);
  }

  private Stream<PromotionRow> into(String environment) {
    return promotions.stream()
        .filter(row -> row.course() != null && row.course().request().to().equals(environment));
  }

  private List<Past> history(String environment, @Nullable Arrival live) {
    return arrivals.getOrDefault(environment, List.of()).stream()
        .filter(arrival -> live == null || !arrival.id().equals(live.id()))
        .map(
            arrival ->
                new Past(
                    arrival.version(),
                    arrival.digest(),
                    arrival.since(),
                    arrival.by(),
                    arrival.hadFailedAt(at) ? "failed" : "succeeded"))
        .toList();
  }

  private static List<String> concat(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
