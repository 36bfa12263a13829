package dev.floe.gate.application;

import dev.floe.gate.domain.GateCommand;
import dev.floe.gate.domain.GateDecider;
import dev.floe.gate.domain.GateEvent;
import dev.floe.gate.domain.GateRuns;
import dev.floe.gate.domain.Host;
import dev.floe.gate.domain.Hosted;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;

/** The rules of gates, handed the machine that they run on. */
public final class HostedGates implements Decider<GateCommand, GateRuns, GateEvent> {

  private final GateDecider rules = new GateDecider();
  private final Host host;

  public HostedGates(Host host) {
    this.host = host;
  }

  @Override
  public GateRuns initialState() {
    return rules.initialState();
  }

  @Override
  public Decision<GateEvent> decide(GateRuns state, Asked<GateCommand> asked) {
    return rules.decide(state, asked.with(new Hosted(host, asked.command())));
  }

  @Override
  public GateRuns evolve(GateRuns state, Recorded<GateEvent> fact) {
    return rules.evolve(state, fact);
  }
}
