package dev.floe.registry.domain;

import static dev.floe.kernel.Decision.accept;
import static dev.floe.kernel.Decision.alreadyDone;
import static dev.floe.kernel.Decision.refuse;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;
import dev.floe.manifest.Permission;
import dev.floe.manifest.Version;
import dev.floe.registry.domain.RegistryCommand.AskToStore;
import dev.floe.registry.domain.RegistryCommand.AssignTags;
import dev.floe.registry.domain.RegistryCommand.CopyArtifact;
import dev.floe.registry.domain.RegistryCommand.RecordCatchUp;
import dev.floe.registry.domain.RegistryCommand.RecordReplication;
import dev.floe.registry.domain.RegistryCommand.RecordStored;
import dev.floe.registry.domain.RegistryCommand.RecordTagAssignment;
import dev.floe.registry.domain.RegistryCommand.RecordTagCheck;
import dev.floe.registry.domain.RegistryCommand.ResumeWork;
import dev.floe.registry.domain.RegistryCommand.Tick;
import dev.floe.registry.domain.RegistryEvent.ArtifactReplicated;
import dev.floe.registry.domain.RegistryEvent.ArtifactStored;
import dev.floe.registry.domain.RegistryEvent.CatchUpAbandoned;
import dev.floe.registry.domain.RegistryEvent.CatchUpStarted;
import dev.floe.registry.domain.RegistryEvent.CommandRefused;
import dev.floe.registry.domain.RegistryEvent.IntentLapsed;
import dev.floe.registry.domain.RegistryEvent.RegistryCaughtUp;
import dev.floe.registry.domain.RegistryEvent.RegistryFellBehind;
import dev.floe.registry.domain.RegistryEvent.ReplicationFailed;
import dev.floe.registry.domain.RegistryEvent.ReplicationStarted;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentFailed;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentStarted;
import dev.floe.registry.domain.RegistryEvent.TagDriftDetected;
import dev.floe.registry.domain.RegistryEvent.TagDriftResolved;
import dev.floe.registry.domain.RegistryEvent.TagsAssigned;
import dev.floe.registry.domain.Works.CatchingUp;
import dev.floe.registry.domain.Works.Copying;
import dev.floe.registry.domain.Works.Tagging;
import dev.floe.registry.domain.Works.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes orders for registries up once, and counts the current attempt's result alone. */
public final class RegistryDecider implements Decider<Ruled, Works, RegistryEvent> {

  @Override
  public Works initialState() {
    return Works.none();
  }

  @Override
  public Decision<RegistryEvent> decide(Works state, Asked<Ruled> asked) {
    return switch (asked.command().command()) {
      case CopyArtifact c -> copy(state, asked, c);
      case RecordReplication c ->
          state.current(Works.id(c.promotion(), c.intent(), ""), c.attempt())
                  instanceof Copying(var s)
              ? accept(Endings.replicated(s, c.results()))
              : alreadyDone();
      case AssignTags c -> assign(state, asked, c);
      case RecordTagAssignment c ->
          state.current(c.work(), c.attempt()) instanceof Tagging(var s)
              ? accept(Endings.tagged(state, s, c, asked.at()))
              : alreadyDone();
      case RecordCatchUp c ->
          state.current(c.work(), c.attempt()) instanceof CatchingUp(var s)
              ? accept(CatchUps.ended(state, s, c, asked.at()))
              : alreadyDone();
      case RecordTagCheck c -> checked(state, asked, c);
      case AskToStore c -> mayStore(asked, "AskToStore", c.version(), null);
      case RecordStored c ->
          mayStore(
              asked,
              "RecordStored",
              c.version(),
              new ArtifactStored(
                  c.version(), c.digest(), c.environment(), c.ref(), c.size(), c.mediaType()));
      case ResumeWork c -> resume(state.open().get(c.work()), asked);
      case Tick _ -> tick(state, asked);
    };
  }

  @Override
  public Works evolve(Works state, Recorded<RegistryEvent> fact) {
    return switch (fact.event()) {
      case ReplicationStarted e -> state.with(new Copying(e));
      case ArtifactReplicated e ->
          e.verdict() == null ? state : state.ended(Works.id(e.promotion(), e.intent(), ""));
      case ReplicationFailed e -> {
        Works missed = isPrimary(state, e) ? state : state.withMissing(e.promotion(), e.registry());
        yield e.verdict() == null ? missed : missed.ended(Works.id(e.promotion(), e.intent(), ""));
      }
      case TagAssignmentStarted e -> state.with(new Tagging(e));
      case TagsAssigned e -> tagged(state, e).ended(id(e.promotion(), e.intent(), e.version()));
      case TagAssignmentFailed e -> gaveUp(state, fact, id(e.promotion(), e.intent(), e.version()));
      case IntentLapsed e -> gaveUp(state, fact, id(e.promotion(), e.intent(), e.version()));
      case RegistryFellBehind e -> state.withBehind(e);
      case CatchUpStarted e -> state.with(new CatchingUp(e));
      case RegistryCaughtUp e ->
          state
              .withoutCatchUp(Works.catchUp(e.target(), e.version()))
              .with(
                  state
                      .tags()
                      .with(
                          e.environment(), e.version(), e.digest(), List.of(e.target()), e.refs()));
      case CatchUpAbandoned e -> state.withoutCatchUp(Works.catchUp(e.target(), e.version()));
      case TagDriftDetected e ->
          state.with(
              state
                  .tags()
                  .differing(
                      new TagFinding(
                          e.environment(),
                          e.registry(),
                          e.ref(),
                          e.kind(),
                          e.expected(),
                          e.found())));
      case TagDriftResolved e -> state.with(state.tags().agreeing(e.ref()));
      case ArtifactStored _, CommandRefused _ -> state;
    };
  }

  private static Works tagged(Works state, TagsAssigned e) {
    return state.open().get(id(e.promotion(), e.intent(), e.version())) instanceof Tagging(var s)
        ? state.with(
            state.tags().with(e.environment(), e.version(), e.digest(), s.targets(), e.refs()))
        : state;
  }

  /** What was being set may stand: nobody else pushed it. */
  private static Works gaveUp(Works state, Recorded<RegistryEvent> fact, String id) {
    return state.open().get(id) instanceof Tagging(var s)
        ? state.with(state.tags().leaving(fact.subject(), s)).ended(id)
        : state.ended(id);
  }

  private static boolean isPrimary(Works state, ReplicationFailed e) {
    return state.open().get(Works.id(e.promotion(), e.intent(), "")) instanceof Copying(var s)
        && s.targets().getFirst().name().equals(e.registry());
  }

  private static Decision<RegistryEvent> copy(Works state, Asked<Ruled> asked, CopyArtifact c) {
    if (state.knows(Works.id(c.promotion(), c.intent(), ""))) {
      return alreadyDone();
    }
    if (c.actBefore().isBefore(asked.at())) {
      return accept(
          new IntentLapsed(c.promotion(), c.intent(), c.version(), c.digest(), c.from(), c.to()));
    }
    return accept(
        new ReplicationStarted(
            c.promotion(),
            c.intent(),
            c.version(),
            c.digest(),
            c.from(),
            c.to(),
            c.source(),
            c.targets(),
            1,
            c.actBefore(),
            c.evidence()));
  }

  /**
   * Registries beside the primary that have nothing to tag are left out, and brought up to date
   * later: those that the copy did not reach, and all of them where a publication went to the
   * primary alone.
   */
  private static Decision<RegistryEvent> assign(Works state, Asked<Ruled> asked, AssignTags c) {
    if (state.knows(id(c.promotion(), c.intent(), c.version()))) {
      return alreadyDone();
    }
    RegistryTarget primary = c.targets().getFirst();
    List<RegistryTarget> late =
        c.targets().stream()
            .skip(1)
            .filter(target -> c.isPublication() || state.lacks(c.promotion(), target, c.version()))
            .toList();
    var started =
        new TagAssignmentStarted(
            c.promotion(),
            c.intent(),
            c.stage(),
            c.version(),
            c.digest(),
            c.from(),
            c.environment(),
            c.targets().stream().filter(target -> !late.contains(target)).toList(),
            c.tags(),
            1,
            c.actBefore());
    if (c.actBefore().isBefore(asked.at())) {
      return accept(Endings.lapsed(new Tagging(started), asked.at()));
    }
    List<RegistryEvent> events = new ArrayList<>(List.of(started));
    for (RegistryTarget target : late) {
      var why = new TagTrouble(target.name(), "not-copied", "It does not have the artifact yet.");
      events.add(CatchUps.behind(state, started, primary, target, why, asked.at()));
    }
    return accept(events);
  }

  private static Decision<RegistryEvent> tick(Works state, Asked<Ruled> asked) {
    List<RegistryEvent> events = new ArrayList<>();
    for (Work lapsed : state.lapsedAt(asked.at())) {
      events.add(Endings.lapsed(lapsed, asked.at()));
    }
    RegistryRules rules = asked.command().rules();
    events.addAll(Departures.of(state, rules));
    for (RegistryFellBehind due : state.dueAt(asked.at())) {
      if (!Departures.hasLeft(due, rules)) {
        events.add(CatchUps.started(due, asked.at()));
      }
    }
    return accept(events);
  }

  private static Decision<RegistryEvent> resume(@Nullable Work work, Asked<Ruled> asked) {
    if (work == null) {
      return alreadyDone();
    }
    if (work.actBefore().isBefore(asked.at())) {
      return accept(Endings.lapsed(work, asked.at()));
    }
    return switch (work) {
      case CatchingUp(var started) -> accept(CatchUps.again(started, asked.at()));
      case Copying copying -> accept(Endings.nextAttempt(copying.started()));
      case Tagging tagging -> accept(Endings.nextAttempt(tagging.started()));
    };
  }

  private static Decision<RegistryEvent> mayStore(
      Asked<Ruled> asked, String command, Version version, @Nullable ArtifactStored stored) {
    return refused(asked, Permission.PUBLISH, command, version)
        .orElseGet(() -> stored == null ? alreadyDone() : accept(stored));
  }

  /** The service looks by itself; people may have it look at once. */
  private static Decision<RegistryEvent> checked(
      Works state, Asked<Ruled> asked, RecordTagCheck c) {
    Optional<Decision<RegistryEvent>> refused =
        asked.by().kind() == Actor.Kind.SYSTEM
            ? Optional.empty()
            : refused(asked, Permission.TAG, "RecordTagCheck", null);
    return refused.orElseGet(() -> accept(Drifts.news(state, c)));
  }

  private static Optional<Decision<RegistryEvent>> refused(
      Asked<Ruled> asked, Permission permission, String command, @Nullable Version version) {
    return asked
        .command()
        .rules()
        .refuse(asked.by(), permission)
        .map(List::of)
        .map(because -> refuse(because, new CommandRefused(command, version, because)));
  }

  private static String id(@Nullable String promotion, int intent, Version version) {
    return Works.id(promotion, intent, version.toString());
  }
}
