package dev.floe.gate.adapter.kafka;

import dev.floe.gate.domain.GateCommand;
import dev.floe.gate.domain.GateCommand.RunGates;
import dev.floe.gate.domain.GateCommand.StopGates;
import dev.floe.gate.domain.GateOutcome;
import dev.floe.gate.domain.GateRef;
import dev.floe.gate.domain.Phase;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import dev.floe.messaging.feed.Fact;
import dev.floe.messaging.feed.Outgoing;
import dev.floe.messaging.feed.Reaction;
import dev.floe.promotion.v1.PostValidationStarted;
import dev.floe.promotion.v1.PromotionCancelled;
import dev.floe.promotion.v1.PromotionFailed;
import dev.floe.promotion.v1.ValidationStarted;
import java.util.List;

/** Orders the gates when a promotion intends them, and stops them when it is over. */
public final class IntentsHeard implements Reaction<GateCommand> {

  private static final String STOPPED =
      "%s, so the gate was stopped with every process it had started.";

  @Override
  public List<Outgoing<GateCommand>> react(Fact fact) {
    return switch (fact.body()) {
      case ValidationStarted e -> order(fact, before(e));
      case PostValidationStarted e -> order(fact, after(e));
      case PromotionCancelled e -> List.of(stop(fact, cancelled(fact, e)));
      case PromotionFailed e ->
          List.of(
              stop(
                  fact,
                  new StopGates(
                      e.getPromotion(),
                      GateOutcome.PROMOTION_ENDED,
                      STOPPED.formatted("The promotion ended (%s)".formatted(e.getCause())))));
      default -> List.of();
    };
  }

  private static List<Outgoing<GateCommand>> order(Fact fact, RunGates command) {
    return List.of(new Outgoing<>("run-gates", fact.subject(), command));
  }

  private static Outgoing<GateCommand> stop(Fact fact, StopGates command) {
    return new Outgoing<>("stop-gates", fact.subject(), command);
  }

  private static StopGates cancelled(Fact fact, PromotionCancelled e) {
    String by = "%s cancelled the promotion".formatted(fact.recorded().by().name());
    return new StopGates(e.getPromotion(), GateOutcome.CANCELLED, STOPPED.formatted(by));
  }

  private static RunGates before(ValidationStarted e) {
    return new RunGates(
        e.getPromotion(),
        e.getIntent(),
        Version.parse(e.getVersion()),
        Digest.parse(e.getDigest()),
        e.getFrom(),
        e.getTo(),
        Phase.BEFORE,
        e.getArtifact(),
        refs(e.getGates()),
        e.getFailFast(),
        e.getManifestRevision(),
        e.getActBefore());
  }

  private static RunGates after(PostValidationStarted e) {
    return new RunGates(
        e.getPromotion(),
        e.getIntent(),
        Version.parse(e.getVersion()),
        Digest.parse(e.getDigest()),
        e.getFrom(),
        e.getTo(),
        Phase.AFTER,
        e.getArtifact(),
        refs(e.getGates()),
        e.getFailFast(),
        e.getManifestRevision(),
        e.getActBefore());
  }

  private static List<GateRef> refs(List<dev.floe.promotion.v1.GateRef> gates) {
    return gates.stream().map(gate -> new GateRef(gate.getName(), gate.getDefinition())).toList();
  }
}
