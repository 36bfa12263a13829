package dev.floe.messaging.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.floe.config.v1.ManifestApplied;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ManifestParser;
import dev.floe.messaging.Bus;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.Ids;
import dev.floe.messaging.TestKafka;
import dev.floe.messaging.TopicsSetup;
import dev.floe.messaging.feed.ManifestFeed.Revision;
import dev.floe.messaging.journal.RawProducer;
import dev.floe.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@Requirement("326.5")
class ManifestFeedIT {

  @Test
  void the_manifest_is_folded_before_it_is_ready_and_followed_after() throws Exception {
    new TopicsSetup(TestKafka.get().admin())
        .create(List.of(Topics.CONFIG_EVENTS), Optional.empty());
    List<Integer> heard = new CopyOnWriteArrayList<>();
    try (Bus bus = TestKafka.get().bus();
        RawProducer raw = RawProducer.plain()) {
      raw.send(applied(bus, 1, "dev, staging"));
      raw.send(applied(bus, 2, "dev, prod"));

      try (ManifestFeed feed = ManifestFeed.start(bus, "gate-runner")) {
        feed.awaitReady(Duration.ofSeconds(30));
        feed.listen(revision -> heard.add(revision.number()));

        Revision current = feed.current().orElseThrow();
        assertThat(current.number()).isEqualTo(2);
        assertThat(current.by()).isEqualTo("ada@acme.com");
        assertThat(current.manifest().environmentNames()).containsExactly("dev", "prod");
        assertThat(feed.at(1).map(Manifest::environmentNames)).contains(List.of("dev", "staging"));
        assertThat(feed.at(3)).isEmpty();

        raw.send(applied(bus, 3, "dev"));

        await().untilAsserted(() -> assertThat(heard).containsExactly(2, 3));
        assertThat(feed.at(3).map(Manifest::environmentNames)).contains(List.of("dev"));
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> applied(Bus bus, int revision, String names) {
    var yaml = new StringBuilder("environments:\n");
    for (String name : names.split(", ", -1)) {
      yaml.append("  %s: {registry: 'oci://127.0.0.1:5000/%s'}\n".formatted(name, name));
    }
    yaml.append("promotion: {path: '%s'}\n".formatted(names.replace(", ", " → ")));
    Manifest manifest = ManifestParser.parse(yaml.toString(), "manifest.yaml").orThrow();
    var record = new ManifestApplied(revision, manifest.sha256(), manifest.canonicalJson());
    var envelope =
        new Envelope(
            Ids.random(),
            record.getSchema().getFullName(),
            "/floe/promotion-service",
            Topics.MANIFEST_KEY,
            Instant.parse("2026-11-25T12:00:00Z"),
            null,
            Ids.random(),
            Actor.user("ada@acme.com"),
            new Numbers(revision, 1),
            null,
            null,
            null);
    return new ProducerRecord<>(
        Topics.CONFIG_EVENTS.name(),
        0,
        null,
        Topics.MANIFEST_KEY.getBytes(StandardCharsets.UTF_8),
        bus.wire().encode(Topics.CONFIG_EVENTS.name(), record),
        envelope.headers());
  }
}
