package dev.floe.gate.domain;

import java.util.List;

/** What the gates of a phase came to: passed only when every one ran and passed. */
public record PhaseVerdict(boolean passed, List<GateOutcome> failed) {
  public PhaseVerdict {
    failed = List.copyOf(failed);
  }

  static PhaseVerdict of(List<GateOutcome> ended) {
    List<GateOutcome> failed =
        ended.stream().filter(one -> one.outcome() != GateEnd.PASSED).toList();
    return new PhaseVerdict(failed.isEmpty(), failed);
  }
}
