package dev.floe.registry.domain;

import dev.floe.manifest.Version;
import dev.floe.registry.domain.RegistryEvent.CatchUpStarted;
import dev.floe.registry.domain.RegistryEvent.RegistryFellBehind;
import dev.floe.registry.domain.RegistryEvent.ReplicationStarted;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentStarted;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * As much of an artifact's work in registries as the next decision depends on.
 *
 * @param open what is being worked on, by id
 * @param done the ids of what has ended, so that an order that comes again is not worked on again
 * @param missing promotion → registries beside the primary that its copy did not reach, until their
 *     tags are due
 * @param behind what registries lack and nobody works on at the moment, by id
 * @param tags what the log says about tags
 */
public record Works(
    Map<String, Work> open,
    Set<String> done,
    Map<String, Set<String>> missing,
    Map<String, RegistryFellBehind> behind,
    TagBook tags) {

  /** Something that is being worked on. */
  public sealed interface Work {

    String id();

    int attempt();

    Instant actBefore();
  }

  /** The bytes of a promotion are being copied. */
  public record Copying(ReplicationStarted started) implements Work {

    @Override
    public String id() {
      return Works.id(started.promotion(), started.intent(), started.version().toString());
    }

    @Override
    public int attempt() {
      return started.attempt();
    }

    @Override
    public Instant actBefore() {
      return started.actBefore();
    }
  }

  /** Tags are being set. */
  public record Tagging(TagAssignmentStarted started) implements Work {

    @Override
    public String id() {
      return Works.id(started.promotion(), started.intent(), started.version().toString());
    }

    @Override
    public int attempt() {
      return started.attempt();
    }

    @Override
    public Instant actBefore() {
      return started.actBefore();
    }
  }

  /** A registry is brought up to date. */
  public record CatchingUp(CatchUpStarted started) implements Work {

    @Override
    public String id() {
      return Works.catchUp(started.target(), started.version());
    }

    @Override
    public int attempt() {
      return started.attempt();
    }

    @Override
    public Instant actBefore() {
      return started.actBefore();
    }
  }

  public Works {
    open = Map.copyOf(open);
    done = Set.copyOf(done);
    missing = Map.copyOf(missing);
    behind = Map.copyOf(behind);
  }

  public static Works none() {
    return new Works(Map.of(), Set.of(), Map.of(), Map.of(), TagBook.EMPTY);
  }

  static String catchUp(RegistryTarget target, Version version) {
    return "catch-up/" + target.url() + "/" + version;
  }

  /** The intent of a publication's tags; those after it are repairs. */
  static final int PUBLICATION = 1;

  /** A promotion's intent is one work; so are a publication's tags, and each repair of tags. */
  public static String id(@Nullable String promotion, int intent, String version) {
    return promotion != null
        ? promotion + "/" + intent
        : intent == PUBLICATION ? "publication/" + version : "repair/" + intent;
  }

  /**
   * When the first of the open works lapses, or the first registry is to be tried again; long ago
   * where something hangs on a registry that is none any more.
   */
  public Optional<Instant> nextDue(RegistryRules rules) {
    if (!Departures.of(this, rules).isEmpty()) {
      return Optional.of(Instant.EPOCH);
    }
    return Stream.concat(
            open.values().stream().map(Work::actBefore),
            behind.values().stream().map(RegistryFellBehind::nextAttempt))
        .min(Comparator.naturalOrder());
  }

  boolean knows(String id) {
    return open.containsKey(id) || done.contains(id);
  }

  /** The open work of that id, if that is its current attempt. */
  @Nullable Work current(String id, int attempt) {
    Work work = open.get(id);
    return work != null && work.attempt() == attempt ? work : null;
  }

  /** Whether tags are being set at this moment. */
  public boolean isTagging() {
    return open.values().stream().anyMatch(work -> !(work instanceof Copying));
  }

  List<Work> lapsedAt(Instant now) {
    return open.values().stream()
        .filter(work -> work.actBefore().isBefore(now))
        .sorted(Comparator.comparing(Work::id))
        .toList();
  }

  List<RegistryFellBehind> dueAt(Instant now) {
    return behind.values().stream()
        .filter(each -> !each.nextAttempt().isAfter(now))
        .sorted(Comparator.comparing(each -> catchUp(each.target(), each.version())))
        .toList();
  }

  /** Whether the promotion's copy did not reach a registry, or that is still behind. */
  boolean lacks(@Nullable String promotion, RegistryTarget target, Version version) {
    String id = catchUp(target, version);
    return behind.containsKey(id)
        || open.containsKey(id)
        || (promotion != null && missing.getOrDefault(promotion, Set.of()).contains(target.name()));
  }

  Works with(Work work) {
    return new Works(plus(open, work.id(), work), done, missing, minus(behind, work.id()), tags);
  }

  Works ended(String id) {
    Set<String> more = new HashSet<>(done);
    more.add(id);
    return new Works(minus(open, id), more, missing, behind, tags);
  }

  /** A catch-up is no order that could come again: once over, nothing needs to be kept of it. */
  Works withoutCatchUp(String id) {
    return new Works(minus(open, id), done, missing, minus(behind, id), tags);
  }

  Works withMissing(String promotion, String registry) {
    Set<String> more = new HashSet<>(missing.getOrDefault(promotion, Set.of()));
    more.add(registry);
    return new Works(open, done, plus(missing, promotion, Set.copyOf(more)), behind, tags);
  }

  Works withBehind(RegistryFellBehind e) {
    String id = catchUp(e.target(), e.version());
    Map<String, Set<String>> told =
        e.promotion() == null ? missing : minus(missing, e.promotion(), e.target().name());
    return new Works(minus(open, id), done, told, plus(behind, id, e), tags);
  }

  Works with(TagBook book) {
    return new Works(open, done, missing, behind, book);
  }

  private static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
    Map<String, V> more = new HashMap<>(map);
    more.put(key, value);
    return more;
  }

  private static <V> Map<String, V> minus(Map<String, V> map, String key) {
    Map<String, V> fewer = new HashMap<>(map);
    fewer.remove(key);
    return fewer;
  }

  private static Map<String, Set<String>> minus(
      Map<String, Set<String>> map, String key, String value) {
    Set<String> fewer = new HashSet<>(map.getOrDefault(key, Set.of()));
    fewer.remove(value);
    return fewer.isEmpty() ? minus(map, key) : plus(map, key, Set.copyOf(fewer));
  }
}
