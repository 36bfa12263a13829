package dev.floe.registry.domain;

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
import org.jspecify.annotations.Nullable;

/**
 * As much of an artifact's work in registries as the next decision depends on.
 *
 * @param open what is being worked on, by id
 * @param done the ids of what has ended, so that an order that comes again is not worked on again
 */
public record Works(Map<String, Work> open, Set<String> done) {

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

  public Works {
    open = Map.copyOf(open);
    done = Set.copyOf(done);
  }

  public static Works none() {
    return new Works(Map.of(), Set.of());
  }

  /** A promotion's intent is one work; a publication's tags are another. */
  public static String id(@Nullable String promotion, int intent, String version) {
    return promotion == null ? "publication/" + version : promotion + "/" + intent;
  }

  /** When the first of the open works lapses. */
  public Optional<Instant> nextDue() {
    return open.values().stream().map(Work::actBefore).min(Comparator.naturalOrder());
  }

  boolean knows(String id) {
    return open.containsKey(id) || done.contains(id);
  }

  /** The open work of that id, if that is its current attempt. */
  @Nullable Work current(String id, int attempt) {
    Work work = open.get(id);
    return work != null && work.attempt() == attempt ? work : null;
  }

  List<Work> lapsedAt(Instant now) {
    return open.values().stream()
        .filter(work -> work.actBefore().isBefore(now))
        .sorted(Comparator.comparing(Work::id))
        .toList();
  }

  Works with(Work work) {
    Map<String, Work> more = new HashMap<>(open);
    more.put(work.id(), work);
    return new Works(more, done);
  }

  Works ended(String id) {
    Map<String, Work> fewer = new HashMap<>(open);
    fewer.remove(id);
    Set<String> more = new HashSet<>(done);
    more.add(id);
    return new Works(fewer, more);
  }
}
