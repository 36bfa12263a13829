package dev.floe.promotion.adapter.kafka;

import dev.floe.kernel.Refusal;
import dev.floe.messaging.avro.RecordMapper;
import dev.floe.messaging.journal.About;
import dev.floe.promotion.domain.config.ManifestCommand;
import dev.floe.promotion.domain.config.ManifestDecider;
import dev.floe.promotion.domain.config.ManifestEvent;
import dev.floe.promotion.domain.config.ManifestEvent.ManifestRefused;
import java.util.List;
import java.util.Optional;

/** How the manifest's stream looks outside. */
public final class ManifestRecords implements About<ManifestEvent> {

  /** They stand in the promotions' commands topic, under a key of their own. */
  public static final RecordMapper<ManifestCommand> COMMANDS =
      RecordMapper.of(ManifestCommand.class, "dev.floe.promotion.v1");

  public static final RecordMapper<ManifestEvent> EVENTS =
      RecordMapper.of(ManifestEvent.class, "dev.floe.config.v1");

  @Override
  public String subject(String key, ManifestEvent event) {
    return key;
  }

  @Override
  public Optional<String> correlation(ManifestEvent event) {
    return Optional.empty();
  }

  @Override
  public List<Refusal> because(ManifestEvent event) {
    return event instanceof ManifestRefused refused ? ManifestDecider.because(refused) : List.of();
  }
}
