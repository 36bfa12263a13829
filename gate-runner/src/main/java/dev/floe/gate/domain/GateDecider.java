package dev.floe.gate.domain;

import static dev.floe.kernel.Decision.accept;
import static dev.floe.kernel.Decision.alreadyDone;

import dev.floe.gate.domain.GateCommand.RecordGateResult;
import dev.floe.gate.domain.GateCommand.ResumeGates;
import dev.floe.gate.domain.GateCommand.RunGates;
import dev.floe.gate.domain.GateCommand.StopGates;
import dev.floe.gate.domain.GateCommand.Tick;
import dev.floe.gate.domain.GateEvent.GateErrored;
import dev.floe.gate.domain.GateEvent.GateFailed;
import dev.floe.gate.domain.GateEvent.GatePassed;
import dev.floe.gate.domain.GateEvent.GateSkipped;
import dev.floe.gate.domain.GateEvent.GateStarted;
import dev.floe.gate.domain.GateEvent.IntentLapsed;
import dev.floe.gate.domain.GateRuns.Run;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;
import java.util.ArrayList;
import java.util.List;

/** The order of gates (328.1, 328.5, 328.6): one after the other, none left out silently. */
public final class GateDecider implements Decider<Hosted, GateRuns, GateEvent> {

  @Override
  public GateRuns initialState() {
    return GateRuns.none();
  }

  @Override
  public Decision<GateEvent> decide(GateRuns state, Asked<Hosted> asked) {
    return switch (asked.command().command()) {
      case RunGates c -> run(state, asked, c);
      case RecordGateResult c ->
          state
              .run(c.promotion(), c.intent())
              .filter(run -> isCurrent(run, c))
              .map(run -> accept(ended(run, c, asked.command().host())))
              .orElseGet(Decision::alreadyDone);
      case ResumeGates c ->
          state
              .run(c.promotion(), c.intent())
              .map(run -> resume(run, asked))
              .orElseGet(Decision::alreadyDone);
      case StopGates c ->
          state
              .run(c.promotion())
              .map(run -> accept(GateEnds.stopped(run, c, asked.at())))
              .orElseGet(Decision::alreadyDone);
      case Tick _ ->
          accept(state.lapsedAt(asked.at()).stream().map(run -> lapsed(run.current())).toList());
    };
  }

  @Override
  public GateRuns evolve(GateRuns state, Recorded<GateEvent> fact) {
    return switch (fact.event()) {
      case GateStarted e ->
          state.with(
              new Run(
                  e,
                  fact.at(),
                  state.run(e.promotion(), e.intent()).map(Run::ended).orElse(List.of())));
      case GatePassed e ->
          ended(state, e.promotion(), e.intent(), GateEnd.PASSED, "", e.verdict() != null);
      case GateFailed e ->
          ended(state, e.promotion(), e.intent(), GateEnd.FAILED, e.reason(), e.verdict() != null);
      case GateErrored e ->
          ended(state, e.promotion(), e.intent(), GateEnd.ERRORED, e.reason(), e.verdict() != null);
      case GateSkipped e -> e.verdict() == null ? state : state.without(e.promotion(), e.intent());
      case IntentLapsed e -> state.without(e.promotion(), e.intent());
    };
  }

  private static Decision<GateEvent> run(GateRuns state, Asked<Hosted> asked, RunGates c) {
    if (state.knows(c.promotion(), c.intent()) || c.gates().isEmpty()) {
      return alreadyDone();
    }
    if (c.actBefore().isBefore(asked.at())) {
      return accept(
          new IntentLapsed(c.promotion(), c.intent(), c.version(), c.digest(), c.from(), c.to()));
    }
    GateRef first = c.gates().getFirst();
    Confinement kept = asked.command().host().confinementOf(first, c.manifestRevision());
    return accept(
        new GateStarted(
            c.promotion(),
            c.intent(),
            c.version(),
            c.digest(),
            c.from(),
            c.to(),
            c.phase(),
            first.name(),
            1,
            c.gates().size(),
            1,
            c.artifact(),
            kept.isolation(),
            kept.notGuaranteed(),
            c.gates(),
            c.failFast(),
            c.manifestRevision(),
            c.actBefore()));
  }

  private static Decision<GateEvent> resume(Run run, Asked<Hosted> asked) {
    GateStarted s = run.current();
    if (s.actBefore().isBefore(asked.at())) {
      return accept(lapsed(s));
    }
    return accept(started(s, s.position(), s.attempt() + 1, asked.command().host()));
  }

  private static boolean isCurrent(Run run, RecordGateResult c) {
    return run.current().gate().equals(c.gate()) && run.current().attempt() == c.attempt();
  }

  private static List<GateEvent> ended(Run run, RecordGateResult c, Host host) {
    List<GateOutcome> ended = run.endedWith(c.outcome(), c.reason());
    boolean stops = c.outcome() != GateEnd.PASSED && run.current().failFast();
    List<GateEvent> events = new ArrayList<>();
    if (run.rest().isEmpty()) {
      events.add(GateEnds.event(run.current(), c, PhaseVerdict.of(ended)));
    } else if (stops) {
      events.add(GateEnds.event(run.current(), c, null));
      events.addAll(GateEnds.skipped(run, ended, "skipped due to previous failure"));
    } else {
      events.add(GateEnds.event(run.current(), c, null));
      events.add(started(run.current(), run.current().position() + 1, 1, host));
    }
    return events;
  }

  private static GateRuns ended(
      GateRuns state, String promotion, int intent, GateEnd end, String reason, boolean last) {
    if (last) {
      return state.without(promotion, intent);
    }
    Run run =
        state
            .run(promotion, intent)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "broken history: no gate of %s/%d runs".formatted(promotion, intent)));
    return state.with(new Run(run.current(), run.since(), run.endedWith(end, reason)));
  }

  private static GateStarted started(GateStarted s, int position, int attempt, Host host) {
    GateRef gate = s.gates().get(position - 1);
    Confinement kept = host.confinementOf(gate, s.manifestRevision());
    return new GateStarted(
        s.promotion(),
        s.intent(),
        s.version(),
        s.digest(),
        s.from(),
        s.to(),
        s.phase(),
        gate.name(),
        position,
        s.of(),
        attempt,
        s.artifact(),
        kept.isolation(),
        kept.notGuaranteed(),
        s.gates(),
        s.failFast(),
        s.manifestRevision(),
        s.actBefore());
  }

  private static IntentLapsed lapsed(GateStarted s) {
    return new IntentLapsed(s.promotion(), s.intent(), s.version(), s.digest(), s.from(), s.to());
  }
}
