package dev.floe.registry.domain;

import dev.floe.registry.domain.RegistryCommand.RecordCatchUp;
import dev.floe.registry.domain.RegistryEvent.CatchUpStarted;
import dev.floe.registry.domain.RegistryEvent.RegistryCaughtUp;
import dev.floe.registry.domain.RegistryEvent.RegistryFellBehind;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How a registry beside the primary gets what it lacks: it is tried again, ever more seldom, until
 * it has everything. It takes from the primary, and the primary alone decides about a promotion.
 */
final class CatchUps {

  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int DOUBLINGS = 9;

  /** How long one attempt may take before another is made in its place. */
  private static final Duration TIME = Duration.ofHours(1);

  private CatchUps() {}

  /** What was known of a lag: the tags that are lacking, and how many attempts there were. */
  private record Before(List<String> tags, int attempts) {

    static Before of(Works state, String id) {
      if (state.open().get(id) instanceof Works.CatchingUp(var running)) {
        return new Before(running.tags(), running.attempt());
      }
      RegistryFellBehind waiting = state.behind().get(id);
      return waiting == null
          ? new Before(List.of(), 0)
          : new Before(waiting.tags(), waiting.attempt());
    }
  }

  /**
   * What a registry lacks from now on: what is to be tagged, and what it lacked of the same version
   * before. Attempts are counted on, so that what one of before reports late is not taken for the
   * next one's.
   */
  static RegistryFellBehind behind(
      Works state,
      TagAssignmentStarted s,
      RegistryTarget primary,
      RegistryTarget target,
      TagTrouble why,
      Instant next) {
    Before before = Before.of(state, Works.catchUp(target, s.version()));
    Set<String> tags = new LinkedHashSet<>(before.tags());
    tags.addAll(s.tags());
    return new RegistryFellBehind(
        s.promotion(),
        s.version(),
        s.digest(),
        s.from(),
        s.environment(),
        primary,
        target,
        List.copyOf(tags),
        before.attempts(),
        why.trouble(),
        why.message(),
        next);
  }

  static CatchUpStarted started(RegistryFellBehind e, Instant now) {
    return new CatchUpStarted(
        e.promotion(),
        e.version(),
        e.digest(),
        e.from(),
        e.environment(),
        e.source(),
        e.target(),
        e.tags(),
        e.attempt() + 1,
        now.plus(TIME));
  }

  /** The next attempt at once, because the last one's worker is gone. */
  static CatchUpStarted again(CatchUpStarted s, Instant now) {
    return started(failed(s, "", "", now), now);
  }

  static List<RegistryEvent> ended(Works state, CatchUpStarted s, RecordCatchUp c, Instant now) {
    if (!c.caughtUp()) {
      return List.of(failed(s, c.trouble(), c.message(), now));
    }
    List<RegistryEvent> events = new ArrayList<>();
    events.add(
        new RegistryCaughtUp(
            s.promotion(),
            s.version(),
            s.digest(),
            s.from(),
            s.environment(),
            s.target(),
            c.refs(),
            c.bytes()));
    events.addAll(Drifts.over(state.tags(), c.refs()));
    return events;
  }

  static RegistryFellBehind failed(CatchUpStarted s, String trouble, String message, Instant now) {
    return new RegistryFellBehind(
        s.promotion(),
        s.version(),
        s.digest(),
        s.from(),
        s.environment(),
        s.source(),
        s.target(),
        s.tags(),
        s.attempt(),
        trouble,
        message,
        now.plus(pause(s.attempt())));
  }

  /** The pause before the next attempt, after so many that failed. */
  static Duration pause(int attempts) {
    Duration pause = FIRST.multipliedBy(1L << Math.min(attempts, DOUBLINGS));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}
