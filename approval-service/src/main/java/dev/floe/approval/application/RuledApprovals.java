package dev.floe.approval.application;

import dev.floe.access.AccessRules;
import dev.floe.approval.domain.ApprovalCommand;
import dev.floe.approval.domain.ApprovalDecider;
import dev.floe.approval.domain.ApprovalEvent;
import dev.floe.approval.domain.Approvals;
import dev.floe.approval.domain.Ruled;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;
import java.util.function.Supplier;

/** The rules of approval, handed the manifest that is in force when a command is decided. */
public final class RuledApprovals implements Decider<ApprovalCommand, Approvals, ApprovalEvent> {

  private final ApprovalDecider rules = new ApprovalDecider();
  private final Supplier<AccessRules> inForce;

  public RuledApprovals(Supplier<AccessRules> inForce) {
    this.inForce = inForce;
  }

  @Override
  public Approvals initialState() {
    return rules.initialState();
  }

  @Override
  public Decision<ApprovalEvent> decide(Approvals state, Asked<ApprovalCommand> asked) {
    return rules.decide(
        state, asked.with(new Ruled(new RulesInForce(inForce.get()), asked.command())));
  }

  @Override
  public Approvals evolve(Approvals state, Recorded<ApprovalEvent> fact) {
    return rules.evolve(state, fact);
  }
}
