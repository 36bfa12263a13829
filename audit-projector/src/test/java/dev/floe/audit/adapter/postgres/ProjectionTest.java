package dev.floe.audit.adapter.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.floe.audit.Log;
import dev.floe.audit.Postgres;
import dev.floe.audit.Said;
import dev.floe.audit.Story;
import dev.floe.audit.application.Changes;
import dev.floe.audit.view.Entry;
import dev.floe.audit.view.EntryFilter;
import dev.floe.audit.view.Status.Attempt;
import dev.floe.audit.view.Status.Current;
import dev.floe.audit.view.Status.EnvironmentStatus;
import dev.floe.audit.view.Status.Past;
import dev.floe.audit.view.VersionView;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.RecordPosition;
import dev.floe.messaging.feed.FeedRecord;
import dev.floe.messaging.feed.FeedStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProjectionTest {

  private static final Instant LATER = Story.BEGIN.plus(Duration.ofDays(30));

  private static Database database;

  private final Log log = new Log();
  private Projection projection;
  private FeedStore store;
  private Manifests manifests;
  private StatusBoard board;
  private Trail trail;
  private Versions versions;

  @BeforeAll
  static void connect() {
    database = Database.open(Postgres.fresh("projection_test"));
  }

  @AfterAll
  static void disconnect() {
    database.close();
  }

  @BeforeEach
  void begin() {
    projection = new Projection(database, new Changes());
    projection.drop();
    store = projection.store();
    manifests = new Manifests(database);
    board = new StatusBoard(database, manifests);
    trail = new Trail(database, manifests);
    versions = new Versions(database);
  }

  private void store(Story story) throws Exception {
    store(log.append(story.told()));
  }

  private void store(List<FeedRecord> records) throws Exception {
    store.store(records, Log.next(records));
  }

  /** Everything the tables hold, but for the order in which entries came in. */
  private List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String table :
        List.of(
            "select topic, partition, record_offset, event, details, verdict from audit_entry"
                + " order by 1, 2, 3",
            "select * from promotion order by id",
            "select * from arrival order by id",
            "select * from published_version order by 1, 2",
            "select * from version_tags order by 1, 2, 3, 4",
            "select * from manifest_revision order by 1",
            "select * from head order by 1, 2",
            "select * from feed_offset order by 1, 2")) {
      rows.addAll(
          database.jdbi().withHandle(handle -> handle.createQuery(table).mapToMap().list()));
    }
    rows.forEach(row -> row.replaceAll((_, value) -> String.valueOf(value)));
    return rows;
  }

  private static Story aWholeLife() {
    Story story = new Story("shop").manifest(1);
    story.published("v1.2.3");
    story.promoted("v1.2.3", "dev", "staging");
    story.promoted("v1.2.3", "staging", "prod");
    story.published("v1.2.4");
    story.failedAtGate("v1.2.4", "dev", "staging", "no");
    story.promoted("v1.2.4", "dev", "staging");
    story.refused("v7.0.0", "staging", "unknown-version");
    return story;
  }

  @Nested
  class A_record {

    @Test
    void that_comes_again_changes_nothing() throws Exception {
      List<FeedRecord> records = log.append(aWholeLife().told());
      store(records);
      var before = rows();

      store(records);
      store(records.subList(3, 9));

      assertThat(rows()).isEqualTo(before);
    }

    @Test
    void that_comes_in_another_order_among_topics_leads_to_the_same_rows() throws Exception {
      List<FeedRecord> records = log.append(aWholeLife().told());
      store(records);
      var expected = rows();
      for (int seed = 0; seed < 6; seed++) {
        Random random = new Random(seed);
        List<FeedRecord> mixed = Log.interleaved(records, random);
        projection.drop();
        store = projection.store();
        for (int from = 0; from < mixed.size(); ) {
          int to = Math.min(mixed.size(), from + 1 + random.nextInt(12));
          store(mixed.subList(from, to));
          from = to;
        }

        assertThat(rows()).as("seed %d", seed).isEqualTo(expected);
      }
    }

    @Test
    void that_cannot_be_stored_takes_its_batch_and_its_offsets_with_it() throws Exception {
      List<FeedRecord> records = log.append(aWholeLife().told());
      store(records.subList(0, 5));
      var before = rows();
      List<FeedRecord> batch = new ArrayList<>(records.subList(5, 9));
      batch.add(null);

      assertThatThrownBy(() -> store.store(batch, Log.next(records.subList(5, 9))))
          .isInstanceOf(NullPointerException.class);

      assertThat(rows()).isEqualTo(before);
    }

    @Test
    void with_characters_that_no_text_may_hold_is_stored_all_the_same() throws Exception {
      Story story = new Story("shop").manifest(1);
      story.published("v1.2.3");
      story.failedAtGate("v1.2.3", "dev", "staging", "a\0b \\u0000 c");

      store(story);

      assertThat(trail.search(EntryFilter.ALL, Trail.Order.NEWEST_FIRST, 10, null).items())
          .filteredOn(entry -> entry.event().equals("gate_failed"))
          .singleElement()
          .satisfies(
              entry -> assertThat(entry.details()).containsEntry("output", "a\uFFFDb \\u0000 c"));
    }

    @Test
    void whose_names_are_of_any_length_and_of_any_characters_is_stored_and_found()
        throws Exception {
      String noise = noise(60_000);
      List<String> hostile = List.of("a\0b", "\uD800", noise, "\0".repeat(5_000));
      Story story = new Story("shop");
      for (String name : hostile) {
        story.refused(name, name, "unknown-version");
      }
      store(story);

      // Half of a pair does not survive Avro's own encoding.
      assertThat(trail.search(EntryFilter.ALL, Trail.Order.OLDEST_FIRST, 10, null).items())
          .extracting(Entry::version)
          .containsExactly("a\uFFFDb", "?", noise, "\uFFFD".repeat(5_000));
      assertThat(rows()).filteredOn(row -> row.containsKey("approval_state")).hasSize(4);
    }

    /** Nothing that PostgreSQL can make shorter. */
    private static String noise(int length) {
      byte[] bytes = new byte[length];
      new Random(1).nextBytes(bytes);
      return Base64.getEncoder().encodeToString(bytes).substring(0, length);
    }

    @Test
    void that_postgresql_refuses_is_stored_as_unreadable_with_its_place() throws Exception {
      FeedRecord record = log.append(new Story("shop").published("v1.2.3").told()).getFirst();
      var early = at(record, Instant.MIN);

      assertThatThrownBy(() -> store(List.of(early)))
          .satisfies(refused -> assertThat(store.isUnavailable(refused)).isFalse());
      store(List.of(early.unreadable("timestamp out of range")));

      assertThat(trail.search(EntryFilter.ALL, Trail.Order.OLDEST_FIRST, 10, null).items())
          .extracting(Entry::event, Entry::verdict, Entry::position)
          .containsExactly(
              tuple(
                  "unreadable",
                  "unreadable",
                  new RecordPosition(record.topic(), record.partition(), 0).toString()));
      assertThat(new Heads(database).sequence(record.topic(), "shop")).isEqualTo(1);
    }

    private static FeedRecord at(FeedRecord record, Instant time) {
      Envelope e = requireNonNull(record.envelope());
      var envelope =
          new Envelope(
              e.id(),
              e.type(),
              e.source(),
              e.subject(),
              time,
              e.correlation(),
              e.causation(),
              e.by(),
              e.numbers(),
              e.causePosition(),
              e.sourcePosition(),
              e.traceparent());
      return new FeedRecord(
          record.topic(),
          record.partition(),
          record.offset(),
          record.timestamp(),
          record.key(),
          record.headers(),
          record.value(),
          envelope,
          record.decoded(),
          record.verdict(),
          record.problem());
    }

    @Test
    void that_no_view_can_take_keeps_none_after_it_from_being_read() throws Exception {
      Story story = new Story("shop").manifest(1);
      story.published("v1.2.3");
      story.published("no version");
      story.published("v1.2.4");

      store(story);

      assertThat(current(environment("dev", LATER)).version()).isEqualTo("v1.2.4");
      assertThat(trail.search(EntryFilter.ALL, Trail.Order.NEWEST_FIRST, 10, null).items())
          .extracting(Entry::version)
          .contains("no version");
    }

    @Test
    void whose_number_was_seen_already_is_shown_and_counts_for_nothing() throws Exception {
      Story story = new Story("shop").manifest(1);
      story.published("v1.2.3");
      store(story);
      var forged = new Story("shop").published("v6.6.6").told().getFirst();

      store(List.of(log.append(forged, 1)));

      assertThat(versions.list("shop")).extracting(VersionView::version).containsExactly("v1.2.3");
      assertThat(trail.search(EntryFilter.ALL, Trail.Order.OLDEST_FIRST, 10, null).items())
          .filteredOn(entry -> "v6.6.6".equals(entry.version()))
          .extracting(Entry::verdict)
          .containsExactly("void");
    }

    @Test
    void behind_a_gap_counts_for_nothing_and_the_status_says_so() throws Exception {
      Story story = new Story("shop").manifest(1);
      story.published("v1.2.3");
      store(story);
      Said later = new Story("shop").published("v1.2.5").told().getFirst();

      store(List.of(log.append(later, 3)));

      assertThat(versions.list("shop")).extracting(VersionView::version).containsExactly("v1.2.3");
      EnvironmentStatus dev = environment("dev", LATER);
      assertThat(dev.health()).isEqualTo("failed");
      assertThat(dev.reasons()).singleElement().asString().contains("floe.promotion.events");
    }
  }

  @Test
  void knows_whether_everything_is_there_that_led_to_a_promotion() throws Exception {
    Story story = new Story("shop").manifest(1);
    story.published("v1.2.3");
    String id = story.promoted("v1.2.3", "dev", "staging");
    List<Said> told = story.told();
    store(log.append(told.subList(0, told.size() - 2)));
    Said tags = told.get(told.size() - 2);
    Said end = told.getLast();
    FeedRecord assigned = log.append(List.of(tags)).getFirst();
    var source = new RecordPosition(assigned.topic(), assigned.partition(), assigned.offset());

    store(List.of(log.appendAfter(end, source)));
    assertThat(trail.hasCausesOf(id)).isFalse();

    store(List.of(assigned));
    assertThat(trail.hasCausesOf(id)).isTrue();
  }

  @Test
  void once_dropped_takes_nothing_more_from_the_feed_before() {
    List<FeedRecord> records = log.append(aWholeLife().told());
    projection.drop();

    assertThatThrownBy(() -> store(records)).isInstanceOf(IllegalStateException.class);
  }

  @Nested
  class The_status {

    @Test
    @Requirement("335.2")
    void shows_what_is_live_where_it_came_from_and_what_was_there_before() throws Exception {
      store(aWholeLife());

      EnvironmentStatus staging = environment("staging", LATER);

      assertThat(current(staging).version()).isEqualTo("v1.2.4");
      assertThat(current(staging).digest()).isEqualTo(Story.digest("v1.2.4"));
      assertThat(current(staging).tag()).isEqualTo("v1.2.4-staging");
      assertThat(current(staging).ref())
          .isEqualTo("oci://127.0.0.1:8080/staging/shop:v1.2.4-staging");
      assertThat(staging.health()).isEqualTo("healthy");
      assertThat(requireNonNull(staging.promotedFrom()).environment()).isEqualTo("dev");
      assertThat(staging.history()).extracting(Past::version).containsExactly("v1.2.3");
      assertThat(staging.approvers()).isEmpty();
    }

    @Test
    @Requirement("335.2")
    void warns_where_the_environment_before_has_a_newer_version() throws Exception {
      store(aWholeLife());

      EnvironmentStatus prod = environment("prod", LATER);

      assertThat(current(prod).version()).isEqualTo("v1.2.3");
      assertThat(prod.health()).isEqualTo("warning");
      assertThat(prod.reasons()).containsExactly("Out-of-date");
      assertThat(prod.latestAvailable()).isEqualTo("v1.2.4");
      assertThat(prod.approvers()).containsExactly("platform-leads", "security");
    }

    @Test
    @Requirement("335.2")
    void names_the_teams_that_a_pending_promotion_waits_for() throws Exception {
      Story story = aWholeLife();
      String id = story.requested("v1.2.4", "staging", "prod");
      story.passed(id, "v1.2.4", "staging", "prod", 1);
      story.asked(id, "v1.2.4", "staging", "prod");
      story.granted(id, "v1.2.4", "staging", "prod", "security", "cleo@acme.com");
      store(story);

      assertThat(environment("prod", LATER).pending())
          .singleElement()
          .satisfies(
              pending -> {
                assertThat(pending.promotion()).isEqualTo(id);
                assertThat(pending.state()).isEqualTo("awaiting_approval");
                assertThat(pending.waitingFor()).containsExactly("platform-leads");
              });
    }

    @Test
    @Requirement("335.2")
    void tells_the_last_attempt_until_a_version_comes_in() throws Exception {
      Story story = aWholeLife();
      String id = story.requested("v1.2.4", "staging", "prod");
      story.passed(id, "v1.2.4", "staging", "prod", 1);
      story.asked(id, "v1.2.4", "staging", "prod");
      Instant before = story.now();
      story.denied(id, "v1.2.4", "staging", "prod", "cleo@acme.com");
      Instant denied = story.now();
      story.promoted("v1.2.4", "staging", "prod");
      store(story);

      assertThat(environment("prod", before).lastAttempt()).isNull();
      assertThat(environment("prod", denied).lastAttempt())
          .isEqualTo(
              new Attempt(
                  id,
                  "v1.2.4",
                  "staging",
                  "denied",
                  denied,
                  "cleo@acme.com",
                  "cleo@acme.com denied it: too early"));
      assertThat(environment("prod", LATER).lastAttempt()).isNull();
    }

    @Test
    @Requirement("335.2")
    void is_failed_where_the_gates_after_the_tags_said_no() throws Exception {
      Story story = aWholeLife();
      story.published("v1.2.5");
      story.failedAfterwards("v1.2.5", "dev", "staging");
      store(story);

      EnvironmentStatus staging = environment("staging", LATER);
      assertThat(current(staging).version()).isEqualTo("v1.2.5");
      assertThat(staging.health()).isEqualTo("failed");
      assertThat(staging.reasons())
          .containsExactly(
              "Post-validation of v1.2.5 failed (smoke_test); promote a corrected version");
      assertThat(environment("prod", LATER).latestAvailable()).isNull();
      assertThat(versions.find("shop", "v1.2.5").orElseThrow().failed()).containsExactly("staging");
    }

    @Test
    void warns_where_a_registry_is_not_in_sync() throws Exception {
      Story story = new Story("shop").manifest(1);
      story.published("v1.2.3");
      String id = story.promoted("v1.2.3", "dev", "staging");
      story.secondaryFailed(id, "v1.2.3", "dev", "staging");
      store(story);

      EnvironmentStatus staging = environment("staging", LATER);
      assertThat(staging.health()).isEqualTo("warning");
      assertThat(staging.reasons())
          .containsExactly("Registry primary lacks v1.2.3; floe copies it by itself");
    }

    @Test
    @Requirement("335.6")
    void of_then_is_what_it_was_then() throws Exception {
      Story story = new Story("shop").manifest(1);
      story.published("v1.2.3");
      final Instant published = story.now();
      story.pause(Duration.ofDays(1));
      String id = story.requested("v1.2.3", "dev", "staging");
      story.validating(id, "v1.2.3", "dev", "staging", 1);
      final Instant validating = story.now();
      story.passed(id, "v1.2.3", "dev", "staging", 1);
      story.copied(id, "v1.2.3", "dev", "staging");
      story.succeeded(id, "v1.2.3", "dev", "staging");
      final Instant live = story.now();
      story.pause(Duration.ofDays(1)).published("v1.3.0");
      story.failedAfterwards("v1.3.0", "dev", "staging");
      store(story);

      assertThat(board.at("shop", Story.BEGIN)).isEmpty();
      assertThat(environment("staging", published).current()).isNull();
      assertThat(environment("staging", published).pending()).isEmpty();
      assertThat(environment("staging", validating).pending())
          .singleElement()
          .satisfies(pending -> assertThat(pending.state()).isEqualTo("validating"));
      assertThat(current(environment("staging", live)).version()).isEqualTo("v1.2.3");
      assertThat(environment("staging", live).health()).isEqualTo("healthy");
      assertThat(current(environment("staging", LATER)).version()).isEqualTo("v1.3.0");
      assertThat(environment("staging", LATER).history())
          .extracting(Past::version)
          .containsExactly("v1.2.3");
    }

    @Test
    void leaves_the_newer_version_live_when_an_older_one_is_published_after_it() throws Exception {
      Story story = new Story("shop").manifest(1);
      story.published("v1.3.0");
      story.published("v1.2.9");
      store(story);

      assertThat(current(environment("dev", LATER)).version()).isEqualTo("v1.3.0");
      assertThat(versions.find("shop", "v1.2.9").orElseThrow().environments())
          .containsExactly("dev");
    }
  }

  @Nested
  class Versions_are {

    @Test
    @Requirement("327.5")
    void listed_the_newest_first_with_where_they_have_been() throws Exception {
      Story story = aWholeLife();
      story.published("v1.2.10-rc1");
      store(story);

      assertThat(versions.list("shop"))
          .extracting(VersionView::version, VersionView::environments)
          .containsExactly(
              tuple("v1.2.10-rc1", List.of("dev")),
              tuple("v1.2.4", List.of("dev", "staging")),
              tuple("v1.2.3", List.of("dev", "staging", "prod")));
    }

    @Test
    void shown_with_the_tags_that_point_at_them_now() throws Exception {
      store(aWholeLife());

      assertThat(versions.find("shop", "v1.2.3").orElseThrow().tags())
          .containsExactly("v1.2.3-dev", "v1.2.3-staging", "v1.2.3-prod", "latest-prod");
      assertThat(versions.find("shop", "v1.2.4").orElseThrow().tags())
          .containsExactly("v1.2.4-dev", "latest-dev", "v1.2.4-staging", "latest-staging");
    }

    @Test
    @Requirement("335.3")
    void followed_step_by_step_through_the_environments() throws Exception {
      store(aWholeLife());

      var timeline = versions.timeline("shop", "v1.2.3").orElseThrow();

      assertThat(timeline.digest()).isEqualTo(Story.digest("v1.2.3"));
      assertThat(timeline.steps())
          .extracting(step -> step.environment() + " " + step.event())
          .containsExactly(
              "dev published",
              "staging requested",
              "staging validating",
              "staging executing",
              "staging succeeded",
              "prod requested",
              "prod validating",
              "prod awaiting_approval",
              "prod approved",
              "prod executing",
              "prod succeeded");
      assertThat(timeline.steps().get(1).durationMs()).isEqualTo(1_000);
    }
  }

  private static Current current(EnvironmentStatus status) {
    return requireNonNull(status.current());
  }

  private EnvironmentStatus environment(String name, Instant at) {
    return board.at("shop", at).orElseThrow().stream()
        .filter(status -> status.environment().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
