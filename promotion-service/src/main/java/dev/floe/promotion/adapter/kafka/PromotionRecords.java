package dev.floe.promotion.adapter.kafka;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import dev.floe.messaging.avro.RecordMapper;
import dev.floe.messaging.avro.Scalar;
import dev.floe.messaging.journal.About;
import dev.floe.promotion.domain.message.PromotionCommand;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.ArtifactPublished;
import dev.floe.promotion.domain.message.PromotionEvent.ArtifactResumed;
import dev.floe.promotion.domain.message.PromotionEvent.CommandRefused;
import dev.floe.promotion.domain.message.PromotionEvent.OfPromotion;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRefused;
import dev.floe.promotion.domain.message.PromotionEvent.TagRepaired;
import java.util.List;
import java.util.Optional;

/** How promotions look outside: Avro records, and what their envelope says. */
public final class PromotionRecords implements About<PromotionEvent> {

  private static final String NAMESPACE = "dev.floe.promotion.v1";
  private static final Scalar<Version> VERSION = Scalar.of(Version.class, Version::parse);
  private static final Scalar<Digest> DIGEST = Scalar.of(Digest.class, Digest::parse);

  public static final RecordMapper<PromotionCommand> COMMANDS =
      RecordMapper.of(PromotionCommand.class, NAMESPACE, VERSION, DIGEST);
  public static final RecordMapper<PromotionEvent> EVENTS =
      RecordMapper.of(PromotionEvent.class, NAMESPACE, VERSION, DIGEST);

  @Override
  public String subject(String key, PromotionEvent event) {
    return switch (event) {
      case ArtifactPublished e -> key + "/" + e.environment();
      case TagRepaired e -> key + "/" + e.environment();
      default -> correlation(event).orElse(key);
    };
  }

  @Override
  public Optional<String> correlation(PromotionEvent event) {
    return switch (event) {
      case OfPromotion e -> Optional.of(e.promotion());
      case PromotionRefused e -> Optional.of(e.promotion());
      case CommandRefused e -> Optional.ofNullable(e.promotion());
      case ArtifactPublished _, TagRepaired _, ArtifactResumed _ -> Optional.empty();
    };
  }

  @Override
  public List<Refusal> because(PromotionEvent event) {
    return switch (event) {
      case PromotionRefused e -> e.reasons();
      case CommandRefused e -> e.reasons();
      default -> List.of();
    };
  }
}
