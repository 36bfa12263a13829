package dev.floe.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.floe.audit.adapter.postgres.Database;
import dev.floe.audit.adapter.postgres.Trail;
import dev.floe.audit.view.Entry;
import dev.floe.audit.view.EntryFilter;
import dev.floe.audit.view.PromotionView;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.LogReader;
import dev.floe.messaging.Position;
import dev.floe.messaging.avro.Undecodable;
import dev.floe.schemas.Topics;
import dev.floe.status.v1.SlotStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class ProjectorServiceTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final Stage stage = Stage.get();
  private String name = "";
  private Database.Settings database = Postgres.settings();

  @BeforeEach
  void begin(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName().substring(0, 10).replace('_', '-');
    database = Postgres.fresh(name);
  }

  private static void awaitReady(ProjectorService projector) {
    await().atMost(SOON).until(projector::isReady);
  }

  private static List<Entry> entries(ProjectorService projector, EntryFilter filter) {
    return projector.trail().search(filter, Trail.Order.OLDEST_FIRST, 1_000, null).items();
  }

  private static EntryFilter of(String artifact) {
    return new EntryFilter(artifact, null, null, null, List.of(), null, null, null, null);
  }

  @Test
  @Requirement("330.1")
  void stopped_and_started_again_repeats_nothing_and_skips_nothing() throws Exception {
    Story story = new Story(name);
    story.published("v1.2.3");
    story.promoted("v1.2.3", "dev", "staging");
    List<Said> first = story.told();
    try (ProjectorService projector = stage.projector(database)) {
      Position seen = stage.tell(first);
      assertThat(projector.readYourWrites().reaches(seen, SOON)).isTrue();
    }
    story.promoted("v1.2.3", "staging", "prod");
    List<Said> whole = story.told();
    stage.tell(whole.subList(first.size(), whole.size()));
    try (ProjectorService projector = stage.projector(database)) {
      awaitReady(projector);

      assertThat(entries(projector, of(name)))
          .extracting(Entry::id)
          .containsExactlyElementsOf(whole.stream().map(Said::id).toList());
      assertThat(projector.lagMs()).isLessThan(SOON.toMillis());
    }
  }

  @Test
  void rebuilt_holds_what_it_held() throws Exception {
    Story story = new Story(name);
    story.published("v1.2.3");
    String id = story.promoted("v1.2.3", "dev", "staging");
    try (ProjectorService projector = stage.projector(database)) {
      Position seen = stage.tell(story.told());
      assertThat(projector.readYourWrites().reaches(seen, SOON)).isTrue();
      awaitReady(projector);
      List<Entry> entries = entries(projector, of(name));
      PromotionView promotion = projector.promotions().find(id).orElseThrow();
      var status = projector.statusBoard().at(name, Instant.now());

      projector.rebuild();
      awaitReady(projector);

      assertThat(entries(projector, of(name))).isEqualTo(entries).isNotEmpty();
      assertThat(projector.promotions().find(id)).contains(promotion);
      assertThat(projector.statusBoard().at(name, Instant.now())).isEqualTo(status);
    }
  }

  @Test
  void waits_for_a_position_and_gives_up_on_one_that_never_comes() throws Exception {
    try (ProjectorService projector = stage.projector(database)) {
      var never = new Position(Topics.PROMOTION_EVENTS.name(), name, 1);

      assertThat(projector.readYourWrites().reaches(never, Duration.ofMillis(300))).isFalse();
    }
  }

  @Test
  void tells_the_status_of_each_slot_that_changes_once() throws Exception {
    Story story = new Story(name);
    story.published("v1.2.3");
    story.promoted("v1.2.3", "dev", "staging");
    try (ProjectorService projector = stage.projector(database)) {
      awaitReady(projector);
      stage.tell(story.told());

      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(told())
                      .extracting(SlotStatus::getEnvironment, SlotStatus::getVersion)
                      .contains(tuple("dev", "v1.2.3"), tuple("staging", "v1.2.3")));
      List<SlotStatus> before = told();
      projector.rebuild();
      awaitReady(projector);
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(times("dev")).isEqualTo(times(before, "dev") + 1);
                assertThat(times("staging")).isEqualTo(times(before, "staging") + 1);
              });
      assertThat(told())
          .extracting(SlotStatus::getPosition)
          .contains(new Position(Topics.PROMOTION_EVENTS.name(), name, sequence(story)).encode());
    }
  }

  private long times(String environment) throws Undecodable {
    return times(told(), environment);
  }

  private static long times(List<SlotStatus> told, String environment) {
    return told.stream().filter(status -> status.getEnvironment().equals(environment)).count();
  }

  private static long sequence(Story story) {
    return story.told().stream().filter(s -> s.topic().equals(Topics.PROMOTION_EVENTS)).count();
  }

  private List<SlotStatus> told() throws Undecodable {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Admin admin = stage.bus().kafka().admin("tests")) {
      new LogReader(stage.bus().kafka(), admin)
          .read(
              LogReader.partitions(Topics.STATUS.name(), Topics.ON_A_CLUSTER),
              "tests",
              records::add);
    }
    List<SlotStatus> told = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (stage.bus().wire().decode(record.value()).record() instanceof SlotStatus status
          && status.getArtifact().equals(name)) {
        told.add(status);
      }
    }
    return told;
  }
}
