package dev.floe.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.floe.approval.v1.ApprovalRequested;
import dev.floe.audit.adapter.postgres.Trail;
import dev.floe.audit.view.Entry;
import dev.floe.audit.view.EntryFilter;
import dev.floe.config.v1.ManifestApplied;
import dev.floe.gate.v1.GateFailed;
import dev.floe.messaging.HostileRecords;
import dev.floe.messaging.Position;
import dev.floe.promotion.v1.PromotionRefused;
import dev.floe.promotion.v1.PromotionRequested;
import dev.floe.registry.v1.TagsAssigned;
import dev.floe.schemas.Topic;
import dev.floe.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Whatever stands in the topics that are projected: nothing stops, and all of it is readable. */
class HostileTopicsTest {

  private static final Duration SOON = Duration.ofSeconds(90);

  private final Stage stage = Stage.fresh();

  private static List<Entry> entries(ProjectorService projector, EntryFilter filter) {
    return projector.trail().search(filter, Trail.Order.OLDEST_FIRST, 1_000, null).items();
  }

  /** More with {@code -Dfloe.soak=true}. */
  @Test
  void hostile_records_in_every_topic_stop_nothing_and_all_is_readable_afterwards()
      throws Exception {
    long seed = Long.getLong("floe.seed", 20_261_125);
    int count = Boolean.getBoolean("floe.soak") ? 20_000 : 400;
    List<Schema> schemas =
        List.of(
            PromotionRefused.getClassSchema(),
            PromotionRequested.getClassSchema(),
            ApprovalRequested.getClassSchema(),
            GateFailed.getClassSchema(),
            TagsAssigned.getClassSchema(),
            ManifestApplied.getClassSchema());
    var hostile = new HostileRecords(seed, stage.bus().wire(), schemas);
    var random = new Random(seed);
    int taken = 0;
    for (int i = 0; i < count; i++) {
      Topic topic = Topics.events().get(random.nextInt(Topics.events().size()));
      taken += stage.send(hostile.next(topic.name(), "evil-")) ? 1 : 0;
    }
    var artifact = new EntryFilter("good", null, null, null, List.of(), null, null, null, null);
    Story story = new Story("good");
    story.published("v1.2.3");
    Position last = stage.tell(story.told());

    try (ProjectorService projector = stage.projector(Postgres.fresh("hostile_topics"))) {
      await().atMost(SOON).until(projector::isReady);

      assertThat(projector.readYourWrites().reaches(last, SOON)).isTrue();
      assertThat(entries(projector, artifact)).extracting(Entry::version).contains("v1.2.3");
      assertThat(entries(projector, EntryFilter.ALL)).hasSizeGreaterThan(taken / 2);
      assertThat(projector.troubles()).isEmpty();
      System.out.printf("hostile records, seed %d: %d of %d taken%n", seed, taken, count);
    }
  }
}
