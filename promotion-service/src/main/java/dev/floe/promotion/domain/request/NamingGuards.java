package dev.floe.promotion.domain.request;

import static dev.floe.promotion.domain.rule.Reasons.because;

import dev.floe.access.Access;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Environment;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Permission;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.Registry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the person may ask, and whether what the request names exists. */
final class NamingGuards {

  private NamingGuards() {}

  static Optional<Refusal> mayPromote(Question q) {
    String environment = q.targetFound().map(Environment::name).orElse(null);
    return Access.refuse(q.rules().access(), q.asked().by(), Permission.PROMOTE, environment);
  }

  static Optional<Refusal> registriesExist(Question q) {
    List<String> wanted = q.command().registries();
    if (wanted.isEmpty() || q.targetFound().isEmpty()) {
      return Optional.empty();
    }
    List<String> known =
        q.targetFound().stream().flatMap(e -> e.registries().stream()).map(Registry::name).toList();
    List<String> unknown = wanted.stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      return Optional.of(
          because(
              ProblemCode.BAD_REQUEST,
              "%s has no registry '%s'.".formatted(q.command().to(), String.join("', '", unknown)),
              "Name some of: " + String.join(", ", known)));
    }
    return wanted.contains(Registry.PRIMARY)
        ? Optional.empty()
        : Optional.of(
            because(
                ProblemCode.BAD_REQUEST,
                "The primary registry of %s cannot be left out: the next environment copies from"
                        .formatted(q.command().to())
                    + " it.",
                "Add primary to the registries."));
  }

  static Optional<Refusal> registriesAreConfigured(Question q) {
    List<String> without =
        Stream.of(Optional.ofNullable(q.source()), q.targetFound())
            .flatMap(Optional::stream)
            .filter(environment -> environment.primary().isEmpty())
            .map(Environment::name)
            .toList();
    return without.isEmpty()
        ? Optional.empty()
        : Optional.of(
            because(
                ProblemCode.BAD_REQUEST,
                "The manifest names no registry for %s.".formatted(String.join(" and ", without)),
                "Add registry: to it and apply the manifest."));
  }

  static Optional<Refusal> versionIsOne(Question q) {
    return q.ref() != null ? Optional.empty() : Optional.of(noVersion(q.invalidVersion()));
  }

  /**
   * The text is no version.
   *
   * @param why what is wrong with it, and where
   */
  static Refusal noVersion(String why) {
    return because(
        ProblemCode.INVALID_VERSION, why, "Write a version such as v1.2.3 or v1.2.3-rc1.");
  }

  static Optional<Refusal> artifactExists(Question q) {
    return Artifacts.unknown(q.manifest(), q.asked().subject());
  }

  static Optional<Refusal> environmentsExist(Question q) {
    String unknown =
        Stream.concat(Stream.of(q.command().to()), Stream.ofNullable(q.command().from()))
            .filter(name -> q.place(name) < 0)
            .distinct()
            .collect(Collectors.joining("', '"));
    return unknown.isEmpty() ? Optional.empty() : Optional.of(noEnvironment(q.manifest(), unknown));
  }

  static Refusal noEnvironment(Manifest manifest, String name) {
    return because(
        ProblemCode.UNKNOWN_ENVIRONMENT,
        "There is no environment '%s'.".formatted(name),
        "The path is %s.".formatted(String.join(" → ", manifest.environmentNames())));
  }

  static Optional<Refusal> versionExists(Question q) {
    if (q.ref() == null || q.published() != null) {
      return Optional.empty();
    }
    String version = q.ref().version().toString();
    return Optional.of(
        because(
            ProblemCode.UNKNOWN_VERSION,
            "%s of %s was never published.".formatted(version, q.asked().subject()),
            "Publish it first: floe platform publish " + version));
  }
}
