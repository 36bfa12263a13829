package dev.floe.registry.domain;

import dev.floe.registry.domain.RegistryCommand.RecordTagAssignment;
import dev.floe.registry.domain.RegistryEvent.ArtifactReplicated;
import dev.floe.registry.domain.RegistryEvent.CatchUpStarted;
import dev.floe.registry.domain.RegistryEvent.IntentLapsed;
import dev.floe.registry.domain.RegistryEvent.ReplicationFailed;
import dev.floe.registry.domain.RegistryEvent.ReplicationStarted;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentFailed;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentStarted;
import dev.floe.registry.domain.RegistryEvent.TagsAssigned;
import dev.floe.registry.domain.Works.CatchingUp;
import dev.floe.registry.domain.Works.Copying;
import dev.floe.registry.domain.Works.Tagging;
import dev.floe.registry.domain.Works.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events that the end of work, or of an attempt at it, is told with. */
final class Endings {

  private Endings() {}

  /** One event per registry; the last one carries the verdict. */
  static List<RegistryEvent> replicated(ReplicationStarted s, List<ReplicationResult> results) {
    List<RegistryEvent> events = new ArrayList<>();
    for (ReplicationResult result : results) {
      boolean last = events.size() == results.size() - 1;
      events.add(replicated(s, result, last ? CopyVerdict.of(results) : null));
    }
    return events;
  }

  private static RegistryEvent replicated(
      ReplicationStarted s, ReplicationResult result, @Nullable CopyVerdict verdict) {
    if (result.copied()) {
      return new ArtifactReplicated(
          s.promotion(),
          s.intent(),
          s.version(),
          s.digest(),
          s.from(),
          s.to(),
          result.registry(),
          result.ref(),
          result.bytes(),
          verdict);
    }
    return new ReplicationFailed(
        s.promotion(),
        s.intent(),
        s.version(),
        s.digest(),
        s.from(),
        s.to(),
        result.registry(),
        result.ref(),
        result.trouble(),
        result.message(),
        verdict);
  }

  /**
   * The tags, for each registry that did not get them that it lacks them, and for each tag that
   * differed that it no longer does.
   */
  static List<RegistryEvent> tagged(
      Works state, TagAssignmentStarted s, RecordTagAssignment c, Instant now) {
    if (!c.assigned()) {
      return List.of(failed(s, c.trouble(), c.message()));
    }
    List<RegistryEvent> events = new ArrayList<>();
    RegistryTarget primary = s.targets().getFirst();
    for (TagTrouble why : c.behind()) {
      s.targets().stream()
          .filter(target -> target.name().equals(why.registry()) && !target.equals(primary))
          .map(
              target ->
                  CatchUps.behind(state, s, primary, target, why, now.plus(CatchUps.pause(0))))
          .forEach(events::add);
    }
    events.add(
        new TagsAssigned(
            s.promotion(),
            s.intent(),
            s.stage(),
            s.version(),
            s.digest(),
            s.from(),
            s.environment(),
            c.refs()));
    events.addAll(Drifts.over(state.tags(), c.refs()));
    return events;
  }

  /**
   * A promotion's intent lapses; a publication has nobody to ask anew, so its tagging fails; a
   * catch-up is tried again.
   */
  static RegistryEvent lapsed(Work work, Instant now) {
    return switch (work) {
      case CatchingUp(CatchUpStarted s) ->
          CatchUps.failed(s, "timed-out", "The attempt did not end in time.", now);
      case Copying(ReplicationStarted s) ->
          new IntentLapsed(s.promotion(), s.intent(), s.version(), s.digest(), s.from(), s.to());
      case Tagging(TagAssignmentStarted s) ->
          s.promotion() == null || s.from() == null
              ? failed(s, "timed-out", "The tags were not set in time.")
              : new IntentLapsed(
                  s.promotion(), s.intent(), s.version(), s.digest(), s.from(), s.environment());
    };
  }

  static ReplicationStarted nextAttempt(ReplicationStarted s) {
    return new ReplicationStarted(
        s.promotion(),
        s.intent(),
        s.version(),
        s.digest(),
        s.from(),
        s.to(),
        s.source(),
        s.targets(),
        s.attempt() + 1,
        s.actBefore(),
        s.evidence());
  }

  static TagAssignmentStarted nextAttempt(TagAssignmentStarted s) {
    return new TagAssignmentStarted(
        s.promotion(),
        s.intent(),
        s.stage(),
        s.version(),
        s.digest(),
        s.from(),
        s.environment(),
        s.targets(),
        s.tags(),
        s.attempt() + 1,
        s.actBefore());
  }

  private static TagAssignmentFailed failed(
      TagAssignmentStarted s, String trouble, String message) {
    return new TagAssignmentFailed(
        s.promotion(),
        s.intent(),
        s.stage(),
        s.version(),
        s.digest(),
        s.from(),
        s.environment(),
        trouble,
        message);
  }
}
