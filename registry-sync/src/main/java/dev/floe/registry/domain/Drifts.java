package dev.floe.registry.domain;

import dev.floe.registry.domain.RegistryCommand.RecordTagCheck;
import dev.floe.registry.domain.RegistryEvent.TagDriftDetected;
import dev.floe.registry.domain.RegistryEvent.TagDriftResolved;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What a comparison of registries with the log is told with: each difference once. */
final class Drifts {

  private Drifts() {}

  /**
   * News alone: differences that were not known, and those that are over. Nothing comes of a
   * comparison during which tags were set, or are being set: it may have seen some of both.
   */
  static List<RegistryEvent> news(Works state, RecordTagCheck c) {
    return c.basis() != state.tags().changes() || state.isTagging()
        ? List.of()
        : news(state.tags(), c);
  }

  /** The same, taking it that nothing happened meanwhile. */
  static List<RegistryEvent> news(TagBook book, RecordTagCheck c) {
    Map<String, TagFinding> found =
        c.findings().stream()
            .collect(Collectors.toMap(TagFinding::ref, finding -> finding, (a, _) -> a));
    List<RegistryEvent> events = new ArrayList<>();
    book.drifts().values().stream()
        .filter(known -> !found.containsKey(known.ref()) && wasLookedAt(known, c))
        .sorted(Comparator.comparing(TagFinding::ref))
        .map(Drifts::resolved)
        .forEach(events::add);
    found.values().stream()
        .filter(finding -> !finding.equals(book.drifts().get(finding.ref())))
        .sorted(Comparator.comparing(TagFinding::ref))
        .map(finding -> detected(book, finding))
        .forEach(events::add);
    return events;
  }

  /** The differences that are over, because these tags were just set and read back. */
  static List<TagDriftResolved> over(TagBook book, List<String> refs) {
    return refs.stream()
        .map(book.drifts()::get)
        .filter(Objects::nonNull)
        .map(Drifts::resolved)
        .toList();
  }

  private static TagDriftResolved resolved(TagFinding known) {
    return new TagDriftResolved(known.environment(), known.registry(), known.ref(), null);
  }

  private static boolean wasLookedAt(TagFinding known, RecordTagCheck c) {
    return c.repositories().stream().anyMatch(place -> known.ref().startsWith(place + ":"));
  }

  private static TagDriftDetected detected(TagBook book, TagFinding finding) {
    return new TagDriftDetected(
        finding.environment(),
        finding.registry(),
        finding.ref(),
        finding.kind(),
        finding.expected(),
        finding.found(),
        remedy(book, finding));
  }

  private static String remedy(TagBook book, TagFinding finding) {
    TagBook.Entry entry = book.tags().get(finding.ref());
    return entry == null
        ? "Delete that tag in the registry: versions enter %s only by promotion."
            .formatted(finding.environment())
        : "It belongs to %s. Set it back: floe platform tag %s %s"
            .formatted(entry.digest(), entry.version(), entry.environment());
  }
}
