package dev.floe.audit.view;

import dev.floe.promotion.v1.RegistryTarget;
import dev.floe.registry.v1.CatchUpAbandoned;
import dev.floe.registry.v1.RegistryCaughtUp;
import dev.floe.registry.v1.RegistryFellBehind;
import dev.floe.registry.v1.TagDriftDetected;
import dev.floe.registry.v1.TagDriftResolved;
import java.util.Locale;
import java.util.Optional;

/**
 * What a registry lacks, or has otherwise than the log says.
 *
 * @param about the version that it lacks, or the tag that differs
 * @param kind behind, moved, deleted or foreign
 * @param message what is the matter and what to do, in a sentence or two
 */
public record RegistryTrouble(
    String environment, String registry, String about, String kind, String message) {

  static final String BEHIND = "behind";

  /** A change of what is the matter. */
  public sealed interface Change {
    RegistryTrouble trouble();

    /** It is the matter from now on, if it is not already. */
    record Began(RegistryTrouble trouble) implements Change {}

    /** It is no longer the matter. */
    record Ended(RegistryTrouble trouble) implements Change {}
  }

  /** What an event changes. */
  public static Optional<Change> changedBy(Fact fact) {
    return switch (fact.body()) {
      case RegistryFellBehind e ->
          Optional.of(
              new Change.Began(
                  new RegistryTrouble(
                      e.getEnvironment(),
                      e.getTarget().getName(),
                      e.getVersion(),
                      BEHIND,
                      e.getMessage())));
      case RegistryCaughtUp e ->
          Optional.of(behindNoMore(e.getEnvironment(), e.getTarget(), e.getVersion()));
      case CatchUpAbandoned e ->
          Optional.of(behindNoMore(e.getEnvironment(), e.getTarget(), e.getVersion()));
      case TagDriftDetected e ->
          Optional.of(
              new Change.Began(
                  new RegistryTrouble(
                      e.getEnvironment(),
                      e.getRegistry(),
                      e.getRef(),
                      e.getKind().name().toLowerCase(Locale.ROOT),
                      e.getRemedy())));
      case TagDriftResolved e ->
          Optional.of(
              new Change.Ended(
                  new RegistryTrouble(e.getEnvironment(), e.getRegistry(), e.getRef(), "", "")));
      default -> Optional.empty();
    };
  }

  private static Change behindNoMore(String environment, RegistryTarget target, String version) {
    return new Change.Ended(
        new RegistryTrouble(environment, target.getName(), version, BEHIND, ""));
  }

  boolean isBehind() {
    return kind.equals(BEHIND);
  }

  /** As a status shows it. */
  String reason() {
    return switch (kind) {
      case BEHIND -> "Registry %s lacks %s: %s".formatted(registry, about, message);
      case "foreign" ->
          "Tag %s was pushed past the gates to registry %s. %s".formatted(about, registry, message);
      default -> "Tag %s was %s in registry %s. %s".formatted(about, kind, registry, message);
    };
  }
}
