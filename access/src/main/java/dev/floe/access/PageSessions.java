package dev.floe.access;

import dev.floe.kernel.Actor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The browsers that are signed in: each shows an id as its cookie that stands for one person and
 * says nothing else, to nobody else.
 *
 * <p>A value: {@link #open} and {@link #close} answer what is left. Ids are kept as hashes.
 */
public record PageSessions(Map<String, Session> byHash) {

  /** How long a browser stays signed in. */
  public static final Duration LIFE = Duration.ofHours(8);

  /** How many browsers one person has; the next one signs out the first. */
  static final int OF_ONE_PERSON = 10;

  /** Nobody is signed in. */
  public static final PageSessions NONE = new PageSessions(Map.of());

  public PageSessions {
    byHash = Map.copyOf(byHash);
  }

  /** Who is signed in, and until when. */
  public record Session(Actor by, Instant expires) {}

  /**
   * With one more, and without what has expired.
   *
   * @param id drawn by the caller: 128 random bits or more
   */
  public PageSessions open(String id, Actor person, Instant now) {
    Map<String, Session> sessions = new HashMap<>(byHash);
    sessions.values().removeIf(session -> !now.isBefore(session.expires()));
    sessions.entrySet().stream()
        .filter(each -> each.getValue().by().name().equals(person.name()))
        .sorted(
            Comparator.comparing((Map.Entry<String, Session> e) -> e.getValue().expires())
                .reversed())
        .skip(OF_ONE_PERSON - 1L)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(sessions::remove);
    sessions.put(hash(id), new Session(person, now.plus(LIFE)));
    return new PageSessions(sessions);
  }

  public Optional<Session> find(String id, Instant now) {
    return Optional.ofNullable(byHash.get(hash(id)))
        .filter(session -> now.isBefore(session.expires()));
  }

  public PageSessions close(String id) {
    Map<String, Session> sessions = new HashMap<>(byHash);
    sessions.remove(hash(id));
    return new PageSessions(sessions);
  }

  /**
   * What the page, and no other, sends along when it changes something: its script is told, while
   * the cookie goes along with what other pages send too.
   */
  public static String proof(String id) {
    return hash("floe-page:" + id);
  }

  /** Whether {@code proof} is that of the session {@code id}. */
  public static boolean proves(String proof, String id) {
    return MessageDigest.isEqual(
        proof.getBytes(StandardCharsets.UTF_8), proof(id).getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(String text) {
    return RawCommand.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
