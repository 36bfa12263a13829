package dev.floe.messaging;

import dev.floe.kernel.Trouble;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What is stuck in this process at the moment, part by part: readiness and {@code floe doctor} tell
 * of it for as long as it is.
 */
public final class Troubles {

  private final Map<Place, Trouble> stuck = new ConcurrentHashMap<>();
  private final Map<Place, Trouble> noted = new ConcurrentHashMap<>();
  private final Map<String, Supplier<List<Trouble>>> asked = new ConcurrentHashMap<>();

  private record Place(String part, String where) {}

  /** Nothing behind this place is handled: the part does not accept work until it is over. */
  public void stuck(String part, Trouble trouble) {
    stuck.put(new Place(part, trouble.where()), trouble);
  }

  /** Something is amiss that does not stop the part. */
  public void note(String part, Trouble trouble) {
    noted.put(new Place(part, trouble.where()), trouble);
  }

  /** Asks {@code what} whenever somebody wants to know what is amiss with {@code part}. */
  public void ask(String part, Supplier<List<Trouble>> what) {
    asked.put(part, what);
  }

  /** What was the matter with a place is over. */
  public void end(String part, String where) {
    var place = new Place(part, where);
    stuck.remove(place);
    noted.remove(place);
  }

  /** Whether anything of {@code part} is stuck. */
  public boolean isStuck(String part) {
    return stuck.keySet().stream().anyMatch(place -> belongs(place.part(), part));
  }

  /** What is the matter with {@code part} and with what belongs to it, in the order of places. */
  public List<Trouble> of(String part) {
    Stream<Trouble> told =
        Stream.concat(stuck.entrySet().stream(), noted.entrySet().stream())
            .filter(entry -> belongs(entry.getKey().part(), part))
            .map(Map.Entry::getValue);
    Stream<Trouble> answered =
        asked.entrySet().stream()
            .filter(entry -> belongs(entry.getKey(), part))
            .flatMap(entry -> entry.getValue().get().stream());
    return Stream.concat(told, answered).sorted(Comparator.comparing(Trouble::where)).toList();
  }

  /** The reactions, the manifest's reader and the journals of a service are named after it. */
  private static boolean belongs(String name, String part) {
    return name.equals(part) || name.startsWith(part + '-');
  }
}
