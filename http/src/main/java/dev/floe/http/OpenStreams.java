package dev.floe.http;

import dev.floe.kernel.Actor;
import dev.floe.manifest.ProblemCode;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The answers that go on for as long as somebody listens: each costs a thread and questions to the
 * database, so one person has only so many at once, and so have all together.
 */
@Singleton
public final class OpenStreams {

  private static final Map<String, String> LATER = Map.of("Retry-After", "5");

  private final int ofOnePerson;
  private final int ofAll;
  private final Map<String, Integer> open = new HashMap<>();
  private int total;

  OpenStreams(
      @Value("${floe.http.streams-per-person:64}") int ofOnePerson,
      @Value("${floe.http.streams:200}") int ofAll) {
    this.ofOnePerson = ofOnePerson;
    this.ofAll = ofAll;
  }

  /** A place among the open streams, until it is left or the client has gone. */
  public interface Place {

    /** Gives the place back; again changes nothing. */
    void leave();
  }

  /**
   * Lets one more begin.
   *
   * @throws ProblemException where the person, or all together, have as many as may be
   */
  public Place begin(HttpRequest<?> request, Actor actor) {
    take(actor.name());
    var left = new AtomicBoolean();
    Place place =
        () -> {
          if (left.compareAndSet(false, true)) {
            giveBack(actor.name());
          }
        };
    // Whoever has gone before the answer began would otherwise keep it for ever.
    Client.whenGone(request, place::leave);
    return place;
  }

  private synchronized void take(String person) {
    int own = open.getOrDefault(person, 0);
    if (own >= ofOnePerson) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.TOO_MANY_STREAMS,
              "'%s' has %d streams open, and no more may be.".formatted(person, own),
              "Close those that nobody looks at, then try again."),
          LATER);
    }
    if (total >= ofAll) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.TOO_BUSY,
              "The server has %d streams open, and takes no more.".formatted(total),
              "Try again in a moment, or ask without following."),
          LATER);
    }
    open.put(person, own + 1);
    total++;
  }

  private synchronized void giveBack(String person) {
    open.computeIfPresent(person, (_, own) -> own == 1 ? null : own - 1);
    total--;
  }
}
