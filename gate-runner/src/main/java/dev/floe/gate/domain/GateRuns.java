package dev.floe.gate.domain;

import dev.floe.gate.domain.GateEvent.GateStarted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * As much of an artifact's gates as the next decision depends on.
 *
 * @param open the intents whose gates run, by promotion
 * @param latest the highest intent that was taken up, by promotion
 */
public record GateRuns(Map<String, Run> open, Map<String, Integer> latest) {

  /** An intent whose gates run: the one that runs, since when, and how those before it ended. */
  public record Run(GateStarted current, Instant since, List<GateOutcome> ended) {
    public Run {
      ended = List.copyOf(ended);
    }

    List<GateOutcome> endedWith(GateEnd end, String reason) {
      List<GateOutcome> more = new ArrayList<>(ended);
      more.add(GateOutcome.of(current.gate(), end, reason));
      return more;
    }

    /** The gates after the current one, in order. */
    List<GateRef> rest() {
      return current.gates().subList(current.position(), current.gates().size());
    }
  }

  public GateRuns {
    open = Map.copyOf(open);
    latest = Map.copyOf(latest);
  }

  public static GateRuns none() {
    return new GateRuns(Map.of(), Map.of());
  }

  /** The open run of exactly this intent. */
  public Optional<Run> run(String promotion, int intent) {
    return Optional.ofNullable(open.get(promotion)).filter(run -> run.current().intent() == intent);
  }

  /** When the first of the open runs lapses. */
  public Optional<Instant> nextDue() {
    return open.values().stream()
        .map(run -> run.current().actBefore())
        .min(Comparator.naturalOrder());
  }

  /** The run of whichever intent of the promotion is open. */
  Optional<Run> run(String promotion) {
    return Optional.ofNullable(open.get(promotion));
  }

  boolean knows(String promotion, int intent) {
    return latest.getOrDefault(promotion, 0) >= intent;
  }

  List<Run> lapsedAt(Instant now) {
    return open.values().stream()
        .filter(run -> run.current().actBefore().isBefore(now))
        .sorted(Comparator.comparing(run -> run.current().promotion()))
        .toList();
  }

  GateRuns with(Run run) {
    return change(run.current().promotion(), run.current().intent(), run);
  }

  GateRuns without(String promotion, int intent) {
    return change(promotion, intent, null);
  }

  private GateRuns change(String promotion, int intent, @Nullable Run run) {
    Map<String, Run> runs = new HashMap<>(open);
    if (run == null) {
      runs.remove(promotion);
    } else {
      runs.put(promotion, run);
    }
    Map<String, Integer> intents = new HashMap<>(latest);
    intents.merge(promotion, intent, Math::max);
    return new GateRuns(runs, intents);
  }
}
