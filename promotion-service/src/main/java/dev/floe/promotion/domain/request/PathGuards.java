package dev.floe.promotion.domain.request;

import static dev.floe.promotion.domain.rule.Reasons.because;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.Environment;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.Version;
import dev.floe.promotion.domain.line.Presence;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** One step forward on the path, with what stands in the environment before. */
final class PathGuards {

  private PathGuards() {}

  static Optional<Refusal> isNotTheFirst(Question q) {
    return q.target() == null || !q.manifest().isFirst(q.target().name())
        ? Optional.empty()
        : Optional.of(
            because(
                ProblemCode.FIRST_ENVIRONMENT,
                "%s is the first environment; nothing is promoted into it."
                    .formatted(q.target().name()),
                "Publish there: floe platform publish " + q.command().version()));
  }

  /** The from-environment, said outright or by the version's suffix, must not lie ahead. */
  static Optional<Refusal> goesForward(Question q) {
    if (q.source() == null || q.target() == null) {
      return Optional.empty();
    }
    int to = q.place(q.target().name());
    String suffix = q.ref() == null ? null : q.ref().environment();
    return Stream.of(q.command().from(), suffix)
        .filter(Objects::nonNull)
        .filter(name -> q.place(name) >= to)
        .findFirst()
        .map(
            from ->
                because(
                    ProblemCode.BACKWARDS,
                    "%s → %s is not a step forward; the path is %s."
                        .formatted(from, q.command().to(), String.join(" → ", q.path())),
                    "floe cannot roll back yet. To bring content back, publish it as a higher"
                        + " version."));
  }

  /** A from-environment that was said outright must be the one right before the target. */
  static Optional<Refusal> skipsNothing(Question q) {
    String from = q.command().from();
    if (q.source() == null || q.target() == null || from == null) {
      return Optional.empty();
    }
    int given = q.place(from);
    int before = q.place(q.source().name());
    if (given < 0 || given >= before) {
      return Optional.empty();
    }
    String missing = q.path().get(given + 1);
    return Optional.of(
        skipped(q, "%s → %s skips %s.".formatted(from, q.command().to(), missing), missing));
  }

  /** The version must have reached the environment before, and have ended well there. */
  static Optional<Refusal> reachedTheSource(Question q) {
    if (q.source() == null || q.published() == null || q.ref() == null) {
      return Optional.empty();
    }
    if (skipsNothing(q).isPresent() || goesForward(q).isPresent()) {
      return Optional.empty();
    }
    Version version = q.ref().version();
    Optional<Presence> there = q.line().slot(q.source().name()).presence(version);
    if (there.isEmpty()) {
      String missing = firstMissing(q, version);
      return Optional.of(
          skipped(
              q,
              "%s is not in %s yet; the missing step is %s."
                  .formatted(version, q.source().name(), missing),
              missing));
    }
    return there.get().sound()
        ? Optional.empty()
        : Optional.of(
            skipped(
                q,
                "%s is in %s, but its promotion there did not succeed."
                    .formatted(version, q.source().name()),
                q.source().name()));
  }

  private static String firstMissing(Question q, Version version) {
    return q.manifest().environments().stream()
        .map(Environment::name)
        .filter(name -> q.line().slot(name).presence(version).isEmpty())
        .findFirst()
        .orElse(q.command().to());
  }

  private static Refusal skipped(Question q, String message, String missing) {
    return because(
        ProblemCode.SKIPPED_ENVIRONMENT,
        message,
        "Promote it there first: floe platform promote %s %s"
            .formatted(q.command().version(), missing));
  }

  /** What was asked for by an earlier environment's tag must be the very same bytes. */
  static Optional<Refusal> isTheSameDigest(Question q) {
    if (q.source() == null || q.published() == null || q.ref() == null) {
      return Optional.empty();
    }
    Version version = q.ref().version();
    return Stream.of(q.ref().environment(), q.source().name())
        .filter(Objects::nonNull)
        .flatMap(
            name ->
                q.line().slot(name).presence(version).stream()
                    .filter(there -> !there.digest().equals(q.published().digest()))
                    .map(
                        there ->
                            because(
                                ProblemCode.DIGEST_DIFFERS,
                                "%s is %s in %s but was published as %s."
                                    .formatted(
                                        version, there.digest(), name, q.published().digest()),
                                "Publish a new version.")))
        .findFirst();
  }
}
