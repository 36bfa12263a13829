package dev.floe.registry.domain;

import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentStarted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the log says about an artifact's tags in registries.
 *
 * @param tags by full reference
 * @param drifts the differences that are known and not over, by full reference
 * @param left what was to be set and may stand, though the attempt failed, by full reference
 * @param changes how often tags were set
 */
public record TagBook(
    Map<String, Entry> tags,
    Map<String, TagFinding> drifts,
    Map<String, Digest> left,
    int changes) {

  static final TagBook EMPTY = new TagBook(Map.of(), Map.of(), Map.of(), 0);

  /** One tag: where it is, and what it stands for. */
  public record Entry(String environment, String registry, Version version, Digest digest) {}

  public TagBook {
    tags = Map.copyOf(tags);
    drifts = Map.copyOf(drifts);
    left = Map.copyOf(left);
  }

  /** The tags of an environment were set to a version. */
  TagBook with(
      String environment,
      Version version,
      Digest digest,
      List<RegistryTarget> targets,
      List<String> refs) {
    Map<String, Entry> more = new HashMap<>(tags);
    for (String ref : refs) {
      registryOf(ref, targets)
          .ifPresent(registry -> more.put(ref, new Entry(environment, registry, version, digest)));
    }
    Map<String, Digest> remaining = new HashMap<>(left);
    refs.forEach(remaining::remove);
    return new TagBook(more, drifts, remaining, changes + 1);
  }

  private static Optional<String> registryOf(String ref, List<RegistryTarget> targets) {
    return targets.stream()
        .filter(target -> ref.startsWith(target.url() + "/"))
        .map(RegistryTarget::name)
        .findFirst();
  }

  /** Setting these tags failed, and some of them may have been set. */
  TagBook leaving(String artifact, TagAssignmentStarted given) {
    Map<String, Digest> more = new HashMap<>(left);
    for (RegistryTarget target : given.targets()) {
      given.tags().stream()
          .map(tag -> "%s/%s:%s".formatted(target.url(), artifact, tag))
          .filter(ref -> !tags.containsKey(ref))
          .forEach(ref -> more.put(ref, given.digest()));
    }
    return new TagBook(tags, drifts, more, changes);
  }

  TagBook differing(TagFinding finding) {
    Map<String, TagFinding> more = new HashMap<>(drifts);
    more.put(finding.ref(), finding);
    return new TagBook(tags, more, left, changes);
  }

  TagBook agreeing(String ref) {
    Map<String, TagFinding> fewer = new HashMap<>(drifts);
    fewer.remove(ref);
    return new TagBook(tags, fewer, left, changes);
  }
}
