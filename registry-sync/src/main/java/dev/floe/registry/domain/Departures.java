package dev.floe.registry.domain;

import dev.floe.registry.domain.RegistryEvent.CatchUpAbandoned;
import dev.floe.registry.domain.RegistryEvent.RegistryFellBehind;
import dev.floe.registry.domain.RegistryEvent.TagDriftResolved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is over because the manifest no longer names a registry: it is not brought up to date any
 * more, and nobody looks at its tags.
 */
final class Departures {

  private Departures() {}

  /** An attempt that is under way ends first. */
  static List<RegistryEvent> of(Works state, RegistryRules rules) {
    List<RegistryEvent> events = new ArrayList<>();
    state.behind().values().stream()
        .filter(behind -> hasLeft(behind, rules))
        .sorted(Comparator.comparing(behind -> Works.catchUp(behind.target(), behind.version())))
        .map(behind -> abandoned(behind, rules))
        .forEach(events::add);
    state.tags().drifts().values().stream()
        .filter(drift -> hasLeft(drift, rules))
        .sorted(Comparator.comparing(TagFinding::ref))
        .map(Departures::resolved)
        .forEach(events::add);
    return events;
  }

  /** Whether it left itself, or the one that it was to be brought up to date from. */
  static boolean hasLeft(RegistryFellBehind behind, RegistryRules rules) {
    return !isNamed(behind, behind.target(), rules) || !isNamed(behind, behind.source(), rules);
  }

  private static boolean isNamed(
      RegistryFellBehind behind, RegistryTarget registry, RegistryRules rules) {
    return rules.registries(behind.environment()).stream()
        .anyMatch(named -> named.url().equals(registry.url()));
  }

  private static boolean hasLeft(TagFinding drift, RegistryRules rules) {
    return rules.registries(drift.environment()).stream()
        .filter(named -> named.name().equals(drift.registry()))
        .noneMatch(named -> drift.ref().startsWith(named.url() + "/"));
  }

  private static CatchUpAbandoned abandoned(RegistryFellBehind e, RegistryRules rules) {
    RegistryTarget left = isNamed(e, e.target(), rules) ? e.source() : e.target();
    return new CatchUpAbandoned(
        e.promotion(),
        e.version(),
        e.digest(),
        e.from(),
        e.environment(),
        e.target(),
        e.attempt(),
        "The manifest no longer lists %s as a registry of %s."
            .formatted(left.url(), e.environment()));
  }

  private static TagDriftResolved resolved(TagFinding drift) {
    return new TagDriftResolved(
        drift.environment(),
        drift.registry(),
        drift.ref(),
        "The manifest no longer lists a %s registry of %s that holds it."
            .formatted(drift.registry(), drift.environment()));
  }
}
