package dev.floe.gate.adapter.kafka;

import dev.floe.gate.domain.GateCommand;
import dev.floe.gate.domain.GateEvent;
import dev.floe.gate.domain.GateEvent.GateErrored;
import dev.floe.gate.domain.GateEvent.GateFailed;
import dev.floe.gate.domain.GateEvent.GatePassed;
import dev.floe.gate.domain.GateEvent.GateSkipped;
import dev.floe.gate.domain.GateEvent.GateStarted;
import dev.floe.gate.domain.GateEvent.IntentLapsed;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import dev.floe.messaging.avro.RecordMapper;
import dev.floe.messaging.avro.Scalar;
import dev.floe.messaging.journal.About;
import java.util.List;
import java.util.Optional;

/** How gates look outside: Avro records, and what their envelope says. */
public final class GateRecords implements About<GateEvent> {

  private static final String NAMESPACE = "dev.floe.gate.v1";
  private static final Scalar<Version> VERSION = Scalar.of(Version.class, Version::parse);
  private static final Scalar<Digest> DIGEST = Scalar.of(Digest.class, Digest::parse);

  public static final RecordMapper<GateCommand> COMMANDS =
      RecordMapper.of(GateCommand.class, NAMESPACE, VERSION, DIGEST);
  public static final RecordMapper<GateEvent> EVENTS =
      RecordMapper.of(GateEvent.class, NAMESPACE, VERSION, DIGEST);

  @Override
  public String subject(String key, GateEvent event) {
    return promotion(event);
  }

  @Override
  public Optional<String> correlation(GateEvent event) {
    return Optional.of(promotion(event));
  }

  /** Gates refuse nobody: their commands are the runner's own. */
  @Override
  public List<Refusal> because(GateEvent event) {
    return List.of();
  }

  private static String promotion(GateEvent event) {
    return switch (event) {
      case GateStarted e -> e.promotion();
      case GatePassed e -> e.promotion();
      case GateFailed e -> e.promotion();
      case GateErrored e -> e.promotion();
      case GateSkipped e -> e.promotion();
      case IntentLapsed e -> e.promotion();
    };
  }
}
