package dev.floe.registry.domain;

import static dev.floe.kernel.Decision.accept;
import static dev.floe.kernel.Decision.alreadyDone;
import static dev.floe.kernel.Decision.refuse;

import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;
import dev.floe.manifest.Version;
import dev.floe.registry.domain.RegistryCommand.AskToStore;
import dev.floe.registry.domain.RegistryCommand.AssignTags;
import dev.floe.registry.domain.RegistryCommand.CopyArtifact;
import dev.floe.registry.domain.RegistryCommand.RecordReplication;
import dev.floe.registry.domain.RegistryCommand.RecordStored;
import dev.floe.registry.domain.RegistryCommand.RecordTagAssignment;
import dev.floe.registry.domain.RegistryCommand.ResumeWork;
import dev.floe.registry.domain.RegistryCommand.Tick;
import dev.floe.registry.domain.RegistryEvent.ArtifactReplicated;
import dev.floe.registry.domain.RegistryEvent.ArtifactStored;
import dev.floe.registry.domain.RegistryEvent.CommandRefused;
import dev.floe.registry.domain.RegistryEvent.IntentLapsed;
import dev.floe.registry.domain.RegistryEvent.ReplicationFailed;
import dev.floe.registry.domain.RegistryEvent.ReplicationStarted;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentFailed;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentStarted;
import dev.floe.registry.domain.RegistryEvent.TagsAssigned;
import dev.floe.registry.domain.Works.Copying;
import dev.floe.registry.domain.Works.Tagging;
import dev.floe.registry.domain.Works.Work;
import java.util.List;
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
              ? accept(Endings.tagged(s, c))
              : alreadyDone();
      case AskToStore c -> mayStore(asked, "AskToStore", c.version(), null);
      case RecordStored c ->
          mayStore(
              asked,
              "RecordStored",
              c.version(),
              new ArtifactStored(
                  c.version(), c.digest(), c.environment(), c.ref(), c.size(), c.mediaType()));
      case ResumeWork c -> resume(state.open().get(c.work()), asked);
      case Tick _ -> accept(state.lapsedAt(asked.at()).stream().map(Endings::lapsed).toList());
    };
  }

  @Override
  public Works evolve(Works state, Recorded<RegistryEvent> fact) {
    return switch (fact.event()) {
      case ReplicationStarted e -> state.with(new Copying(e));
      case ArtifactReplicated e ->
          e.verdict() == null ? state : state.ended(Works.id(e.promotion(), e.intent(), ""));
      case ReplicationFailed e ->
          e.verdict() == null ? state : state.ended(Works.id(e.promotion(), e.intent(), ""));
      case TagAssignmentStarted e -> state.with(new Tagging(e));
      case TagsAssigned e -> state.ended(id(e.promotion(), e.intent(), e.version()));
      case TagAssignmentFailed e -> state.ended(id(e.promotion(), e.intent(), e.version()));
      case IntentLapsed e -> state.ended(id(e.promotion(), e.intent(), e.version()));
      case ArtifactStored _, CommandRefused _ -> state;
    };
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
            c.actBefore()));
  }

  private static Decision<RegistryEvent> assign(Works state, Asked<Ruled> asked, AssignTags c) {
    if (state.knows(id(c.promotion(), c.intent(), c.version()))) {
      return alreadyDone();
    }
    var started =
        new TagAssignmentStarted(
            c.promotion(),
            c.intent(),
            c.stage(),
            c.version(),
            c.digest(),
            c.from(),
            c.environment(),
            c.targets(),
            c.tags(),
            1,
            c.actBefore());
    return c.actBefore().isBefore(asked.at())
        ? accept(Endings.lapsed(new Tagging(started)))
        : accept(started);
  }

  private static Decision<RegistryEvent> resume(@Nullable Work work, Asked<Ruled> asked) {
    if (work == null) {
      return alreadyDone();
    }
    if (work.actBefore().isBefore(asked.at())) {
      return accept(Endings.lapsed(work));
    }
    return switch (work) {
      case Copying copying -> accept(Endings.nextAttempt(copying.started()));
      case Tagging tagging -> accept(Endings.nextAttempt(tagging.started()));
    };
  }

  private static Decision<RegistryEvent> mayStore(
      Asked<Ruled> asked, String command, Version version, @Nullable ArtifactStored stored) {
    var refusal = asked.command().rules().refuse(asked.by());
    if (refusal.isPresent()) {
      var because = List.of(refusal.get());
      return refuse(because, new CommandRefused(command, version, because));
    }
    return stored == null ? alreadyDone() : accept(stored);
  }

  private static String id(@Nullable String promotion, int intent, Version version) {
    return Works.id(promotion, intent, version.toString());
  }
}
