package dev.floe.messaging.journal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The partitions that are assigned to this instance, with what is committed in each. */
final class Slots<C, S, E> {

  private final Map<Integer, Slot<C, S, E>> slots = new ConcurrentHashMap<>();

  /** One assigned partition: it has a writer once it is folded. */
  static final class Slot<C, S, E> {
    final Map<String, S> states = new ConcurrentHashMap<>();
    volatile @Nullable PartitionWriter<C, S, E> writer;

    /** Whether the observers were told of it. */
    volatile boolean given;

    private Map<String, String> halted() {
      PartitionWriter<C, S, E> open = writer;
      return open == null ? Map.of() : open.halted();
    }
  }

  Slot<C, S, E> add(int partition) {
    var slot = new Slot<C, S, E>();
    slots.put(partition, slot);
    return slot;
  }

  @Nullable Slot<C, S, E> get(int partition) {
    return slots.get(partition);
  }

  @Nullable Slot<C, S, E> remove(int partition) {
    return slots.remove(partition);
  }

  Collection<Integer> partitions() {
    return List.copyOf(slots.keySet());
  }

  /** Whether every assigned partition is folded. */
  boolean areOpen() {
    return slots.values().stream().allMatch(slot -> slot.writer != null);
  }

  boolean owns(int partition) {
    Slot<C, S, E> slot = slots.get(partition);
    return slot != null && slot.writer != null;
  }

  /** The committed state of a subject that is not halted. */
  Optional<S> state(String subject) {
    for (Slot<C, S, E> slot : slots.values()) {
      S state = slot.states.get(subject);
      if (state != null && !slot.halted().containsKey(subject)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  /** The committed states of all subjects that are not halted. */
  Map<String, S> states() {
    Map<String, S> states = new HashMap<>();
    for (Slot<C, S, E> slot : slots.values()) {
      states.putAll(slot.states);
      states.keySet().removeAll(slot.halted().keySet());
    }
    return states;
  }

  Map<String, String> halted() {
    Map<String, String> halted = new HashMap<>();
    slots.values().forEach(slot -> halted.putAll(slot.halted()));
    return halted;
  }
}
