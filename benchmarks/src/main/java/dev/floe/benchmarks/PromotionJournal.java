package dev.floe.benchmarks;

import dev.floe.access.AccessRules;
import dev.floe.access.ServiceKey;
import dev.floe.access.TrustedKeys;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Journal.Answer;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ManifestParser;
import dev.floe.manifest.Parsed;
import dev.floe.messaging.Bus;
import dev.floe.messaging.Ids;
import dev.floe.messaging.KafkaConnection;
import dev.floe.messaging.TopicsSetup;
import dev.floe.messaging.avro.InMemorySchemaRegistry;
import dev.floe.messaging.journal.CommandCodec;
import dev.floe.messaging.journal.JournalPlace;
import dev.floe.messaging.journal.JournalRules;
import dev.floe.messaging.journal.JournalSecurity;
import dev.floe.messaging.journal.JournalTiming;
import dev.floe.messaging.journal.KafkaJournal;
import dev.floe.promotion.PromotionService;
import dev.floe.promotion.adapter.kafka.PromotionRecords;
import dev.floe.promotion.application.RuledPromotions;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.PromotionCommand;
import dev.floe.promotion.domain.message.PromotionCommand.RegisterVersion;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.rule.Rules;
import dev.floe.schemas.Topics;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The promotion service's journal as it runs: real rules, Avro, signed commands, and answers over
 * {@code floe.replies}. Each command publishes a version, so every artifact's past grows as the
 * measurement goes on.
 */
final class PromotionJournal implements Subject {

  private static final Actor DANA = Actor.user("dana@acme.com");
  private static final Digest DIGEST = Digest.parse("sha256:" + "0".repeat(64));
  private static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";

  /** Long enough for a slow machine: what is measured must not be cut short. */
  private static final JournalTiming TIMING =
      new JournalTiming(Duration.ofMinutes(2), Duration.ofSeconds(30), Duration.ofMinutes(2));

  private final Bus bus;
  private final KafkaJournal<PromotionCommand, ReleaseLine, PromotionEvent> journal;

  private PromotionJournal(
      Bus bus, KafkaJournal<PromotionCommand, ReleaseLine, PromotionEvent> journal) {
    this.bus = bus;
    this.journal = journal;
  }

  static PromotionJournal start(KafkaConnection kafka) throws InterruptedException {
    try (var admin = kafka.admin("topics")) {
      new TopicsSetup(admin).create(Topics.all(Topics.ON_A_CLUSTER), Optional.of((short) 1));
    }
    Bus bus = Bus.open(kafka, new InMemorySchemaRegistry(), Topics.ON_A_CLUSTER);
    var rules = Optional.of(new Rules(1, AccessRules.of(manifest())));
    var journal =
        KafkaJournal.start(
            bus,
            JournalPlace.of(
                PromotionService.NAME, Topics.PROMOTION_COMMANDS, Topics.PROMOTION_EVENTS),
            new JournalRules<>(
                new RuledPromotions(() -> rules),
                CommandCodec.of(PromotionRecords.COMMANDS),
                PromotionRecords.EVENTS,
                new PromotionRecords()),
            security(),
            TIMING);
    journal.awaitReady(Duration.ofMinutes(1));
    return new PromotionJournal(bus, journal);
  }

  private static JournalSecurity security() {
    byte[] secret = new byte[ServiceKey.SHORTEST];
    new SecureRandom().nextBytes(secret);
    var own = ServiceKey.of(PromotionService.NAME, Topics.PROMOTION_COMMANDS.name(), secret);
    return JournalSecurity.of(own, () -> TrustedKeys.only(own), InstantSource.system());
  }

  private static Manifest manifest() {
    String artifacts =
        IntStream.range(0, Plan.ARTIFACTS)
            .mapToObj(Plan::artifact)
            .collect(Collectors.joining(", "));
    Parsed parsed =
        ManifestParser.parse(
            """
            artifact: [%s]
            environments:
              dev: {registry: oci://127.0.0.1:5000/dev}
              staging: {registry: oci://127.0.0.1:5000/staging}
            promotion:
              path: dev → staging
              validation_gates: [policy_compliance]
            """
                .formatted(artifacts),
            "benchmark");
    Manifest manifest = parsed.manifest();
    if (manifest == null) {
      throw new IllegalStateException("the manifest has problems: " + parsed.problems());
    }
    return manifest;
  }

  @Override
  public CompletableFuture<?> submit(String artifact, int number) {
    var command = new RegisterVersion("v1.%d.0".formatted(number), DIGEST, 1, MEDIA_TYPE);
    return journal
        .submit(new Asked<>(Ids.random(), artifact, Instant.EPOCH, DANA, command))
        .thenAccept(PromotionJournal::requireEffect);
  }

  /** A refusal is quick to make and would flatter the figures. */
  private static void requireEffect(Answer<PromotionEvent> answer) {
    if (!answer.accepted() || answer.facts().size() != 1) {
      throw new IllegalStateException("a command had no effect: " + answer.because());
    }
  }

  @Override
  public void close() {
    journal.close();
    bus.close();
  }
}
