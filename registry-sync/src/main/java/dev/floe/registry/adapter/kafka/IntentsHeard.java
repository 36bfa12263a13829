package dev.floe.registry.adapter.kafka;

import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import dev.floe.messaging.feed.Fact;
import dev.floe.messaging.feed.Outgoing;
import dev.floe.messaging.feed.Reaction;
import dev.floe.promotion.v1.ArtifactPublished;
import dev.floe.promotion.v1.PromotionStarted;
import dev.floe.promotion.v1.TagRepaired;
import dev.floe.promotion.v1.TaggingStarted;
import dev.floe.registry.domain.Evidence;
import dev.floe.registry.domain.RegistryCommand;
import dev.floe.registry.domain.RegistryCommand.AssignTags;
import dev.floe.registry.domain.RegistryCommand.CopyArtifact;
import dev.floe.registry.domain.RegistryTarget;
import dev.floe.registry.domain.TagStage;
import java.time.Duration;
import java.util.List;

/**
 * Orders copies and tags when promotions intend them, and the tags of what was published or
 * repaired.
 */
public final class IntentsHeard implements Reaction<RegistryCommand> {

  private static final Duration TO_TAG = Duration.ofMinutes(5);

  @Override
  public List<Outgoing<RegistryCommand>> react(Fact fact) {
    return switch (fact.body()) {
      case PromotionStarted e -> order(fact, "copy", copy(fact, e));
      case TaggingStarted e -> order(fact, "tag", tag(e));
      case ArtifactPublished e -> order(fact, "tag", tag(fact, e));
      case TagRepaired e -> order(fact, "tag", tag(fact, e));
      default -> List.of();
    };
  }

  private static List<Outgoing<RegistryCommand>> order(
      Fact fact, String name, RegistryCommand command) {
    return List.of(new Outgoing<>(name, fact.subject(), command));
  }

  private static CopyArtifact copy(Fact fact, PromotionStarted e) {
    return new CopyArtifact(
        e.getPromotion(),
        e.getIntent(),
        Version.parse(e.getVersion()),
        Digest.parse(e.getDigest()),
        e.getFrom(),
        e.getTo(),
        target(e.getSource()),
        targets(e.getTargets()),
        e.getActBefore(),
        e.getEvidence() == null ? null : evidence(fact, e, e.getEvidence()));
  }

  private static Evidence evidence(
      Fact fact, PromotionStarted e, dev.floe.promotion.v1.Evidence told) {
    return new Evidence(
        told.getRequestedBy(),
        told.getManifestRevision(),
        told.getRulesHash(),
        told.getPlanHash(),
        told.getGates().stream()
            .map(gate -> new Evidence.Gate(gate.getName(), gate.getDefinition()))
            .toList(),
        told.getGatesPassedAt(),
        e.getDecisions().stream()
            .map(
                each ->
                    new Evidence.Approval(
                        each.getTeam(), each.getBy(), each.getAt(), each.getVia()))
            .toList(),
        fact.recorded().at());
  }

  private static AssignTags tag(TaggingStarted e) {
    return new AssignTags(
        e.getPromotion(),
        e.getIntent(),
        TagStage.valueOf(e.getStage().name()),
        Version.parse(e.getVersion()),
        Digest.parse(e.getDigest()),
        e.getFrom(),
        e.getTo(),
        targets(e.getTargets()),
        e.getTags(),
        e.getActBefore());
  }

  private static AssignTags tag(Fact fact, ArtifactPublished e) {
    return new AssignTags(
        null,
        1,
        TagStage.ENVIRONMENT,
        Version.parse(e.getVersion()),
        Digest.parse(e.getDigest()),
        null,
        e.getEnvironment(),
        targets(e.getTargets()),
        e.getTags(),
        fact.recorded().at().plus(TO_TAG));
  }

  private static AssignTags tag(Fact fact, TagRepaired e) {
    return new AssignTags(
        null,
        e.getIntent(),
        TagStage.ENVIRONMENT,
        Version.parse(e.getVersion()),
        Digest.parse(e.getDigest()),
        null,
        e.getEnvironment(),
        targets(e.getTargets()),
        e.getTags(),
        fact.recorded().at().plus(TO_TAG));
  }

  private static List<RegistryTarget> targets(List<dev.floe.promotion.v1.RegistryTarget> targets) {
    return targets.stream().map(IntentsHeard::target).toList();
  }

  private static RegistryTarget target(dev.floe.promotion.v1.RegistryTarget target) {
    return new RegistryTarget(target.getName(), target.getUrl());
  }
}
