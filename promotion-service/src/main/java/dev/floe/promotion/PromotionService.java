package dev.floe.promotion;

import dev.floe.access.AccessRules;
import dev.floe.messaging.Bus;
import dev.floe.messaging.feed.ManifestFeed;
import dev.floe.messaging.feed.Reactions;
import dev.floe.messaging.feed.ReplyRelay;
import dev.floe.messaging.journal.CommandCodec;
import dev.floe.messaging.journal.JournalPlace;
import dev.floe.messaging.journal.JournalRules;
import dev.floe.messaging.journal.JournalSecurity;
import dev.floe.messaging.journal.KafkaJournal;
import dev.floe.messaging.journal.Ticker;
import dev.floe.promotion.adapter.kafka.LineFeed;
import dev.floe.promotion.adapter.kafka.ManifestRecords;
import dev.floe.promotion.adapter.kafka.OthersHeard;
import dev.floe.promotion.adapter.kafka.PromotionRecords;
import dev.floe.promotion.adapter.kafka.RevisionFeed;
import dev.floe.promotion.application.Lines;
import dev.floe.promotion.application.ManifestDesk;
import dev.floe.promotion.application.ManifestDesk.Deployment;
import dev.floe.promotion.application.RuledPromotions;
import dev.floe.promotion.domain.config.Configuration;
import dev.floe.promotion.domain.config.ManifestCommand;
import dev.floe.promotion.domain.config.ManifestDecider;
import dev.floe.promotion.domain.config.ManifestEvent;
import dev.floe.promotion.domain.course.Ticking;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.PromotionCommand;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.rule.Rules;
import dev.floe.schemas.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The promotion service: the journals of release lines and of the manifest, what it hears of gates,
 * people and registries, and its sense of time.
 */
public final class PromotionService implements AutoCloseable {

  /** The service's name on Kafka and in tokens. */
  public static final String NAME = "promotion-service";

  private static final Duration TICK = Duration.ofMillis(500);

  private final KafkaJournal<PromotionCommand, ReleaseLine, PromotionEvent> journal;
  private final KafkaJournal<ManifestCommand, Configuration, ManifestEvent> configuration;
  private final Reactions<PromotionCommand> reactions;
  private final Ticker<PromotionCommand, ReleaseLine> ticker;
  private final LineFeed lines;
  private final ReplyRelay relay;
  private final ManifestDesk manifests;
  private final Supplier<Optional<Rules>> rules;

  private PromotionService(
      Bus bus,
      JournalSecurity security,
      ManifestFeed feed,
      Deployment deployment,
      InstantSource clock) {
    rules =
        () ->
            feed.current()
                .map(
                    r ->
                        new Rules(
                            r.number(), new AccessRules(r.manifest(), deployment.startedBy())));
    var place = promotions();
    var commands = CommandCodec.of(PromotionRecords.COMMANDS);
    configuration = configuration(bus, security, deployment);
    journal =
        KafkaJournal.start(
            bus,
            place,
            new JournalRules<>(
                new RuledPromotions(rules),
                commands,
                PromotionRecords.EVENTS,
                new PromotionRecords(),
                command -> command instanceof PromotionCommand.ResumeArtifact),
            security);
    reactions =
        Reactions.start(
            bus,
            place,
            commands,
            security.signer(),
            List.of(Topics.GATE_EVENTS, Topics.APPROVAL_EVENTS, Topics.REGISTRY_EVENTS),
            new OthersHeard());
    ticker = Ticker.start(journal, Ticking::nextDue, new PromotionCommand.Tick(), TICK, clock);
    lines = LineFeed.start(bus, journal);
    relay = ReplyRelay.start(bus.kafka());
    manifests = new ManifestDesk(configuration, rules, new RevisionFeed(feed), deployment);
  }

  /**
   * Starts to serve; {@link #isReady} says when it does.
   *
   * @param security verifies the command tokens of this service and of the configured signers
   * @param feed the manifest in force, folded from this service's own events
   */
  public static PromotionService start(
      Bus bus,
      JournalSecurity security,
      ManifestFeed feed,
      Deployment deployment,
      InstantSource clock) {
    return new PromotionService(bus, security, feed, deployment, clock);
  }

  private static KafkaJournal<ManifestCommand, Configuration, ManifestEvent> configuration(
      Bus bus, JournalSecurity security, Deployment deployment) {
    var rules =
        new JournalRules<>(
            new ManifestDecider(deployment.startedBy()),
            CommandCodec.of(ManifestRecords.COMMANDS),
            ManifestRecords.EVENTS,
            new ManifestRecords());
    return KafkaJournal.start(bus, manifests(), rules, security);
  }

  private static JournalPlace promotions() {
    return new JournalPlace(
        NAME,
        "",
        Topics.PROMOTION_COMMANDS,
        Topics.PROMOTION_EVENTS,
        key -> !key.equals(Topics.MANIFEST_KEY));
  }

  private static JournalPlace manifests() {
    return new JournalPlace(
        NAME,
        "manifest",
        Topics.PROMOTION_COMMANDS,
        Topics.CONFIG_EVENTS,
        key -> key.equals(Topics.MANIFEST_KEY));
  }

  public KafkaJournal<PromotionCommand, ReleaseLine, PromotionEvent> journal() {
    return journal;
  }

  /** Takes manifests, from the HTTP door or from the file that the system was started with. */
  public ManifestDesk manifestDesk() {
    return manifests;
  }

  public Lines lines() {
    return lines;
  }

  /** The rules in force; empty before the first manifest. */
  public Optional<Rules> rules() {
    return rules.get();
  }

  /** Whether the first manifest can be applied; the rest may still be on its way. */
  public boolean takesManifests() {
    return configuration.isReady();
  }

  /** Whether everything is folded and a manifest is in force. */
  public boolean isReady() {
    return configuration.isReady()
        && journal.isReady()
        && reactions.isReady()
        && lines.isReady()
        && rules().isPresent();
  }

  @Override
  public void close() {
    ticker.close();
    reactions.close();
    lines.close();
    relay.close();
    journal.close();
    configuration.close();
  }
}
