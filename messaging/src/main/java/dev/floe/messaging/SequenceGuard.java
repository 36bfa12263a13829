package dev.floe.messaging;

import dev.floe.messaging.Envelope.Numbers;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Checks the numbers of events for one reader: Kafka's own fence stops transactional zombies only.
 *
 * <p>Belongs to one thread.
 */
public final class SequenceGuard {

  private final BiFunction<String, String, Optional<Numbers>> known;
  private final Map<Key, Numbers> last = new HashMap<>();

  private record Key(String topic, String key) {}

  /**
   * @param known the last numbers that were accepted for a topic and key before this guard began;
   *     empty where nothing is known, and then the first event that comes is taken at its word
   */
  public SequenceGuard(BiFunction<String, String, Optional<Numbers>> known) {
    this.known = known;
  }

  /** A guard that begins anywhere in a topic. */
  public static SequenceGuard fromAnywhere() {
    return new SequenceGuard((_, _) -> Optional.empty());
  }

  /** The verdict on an event; an accepted one moves the guard on. */
  public SequenceVerdict check(String topic, String key, Numbers found) {
    var place = new Key(topic, key);
    @Nullable Numbers before = last.get(place);
    if (before == null) {
      before = known.apply(topic, key).orElse(null);
    }
    SequenceVerdict verdict =
        before == null ? SequenceVerdict.ACCEPT : SequenceVerdict.of(before, found);
    if (verdict == SequenceVerdict.ACCEPT) {
      last.put(place, found);
    }
    return verdict;
  }

  /** Forgets everything: the reader goes back. */
  public void clear() {
    last.clear();
  }
}
