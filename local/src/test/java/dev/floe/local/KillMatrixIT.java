package dev.floe.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.local.Story.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process dies after an event, after an effect in a registry or at any moment, and comes back
 * on the same folder: the story of the artifact ends as if nothing had happened. With {@code
 * -Dfloe.soak=true} it dies after every single event and effect of the course and at twenty seeded
 * moments.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillMatrixIT {

  private static final boolean SOAK = Boolean.getBoolean("floe.soak");
  private static final long SEED = 20_261_125;
  private static final int MOMENTS = SOAK ? 20 : 1;
  private static final int MOST_EVENTS = 100;

  /** An event's occurrence within the course, counted from 1. */
  private record Event(String type, int which) {}

  /** The approval has just been consumed, and the copy begins. */
  private static final List<Event> FEW = List.of(new Event("PromotionStarted", 2));

  /** Tags in the order they are set: between each and the event that tells of it lies a gap. */
  private static final List<String> EFFECTS =
      List.of(
          "dev/%s/_tags/v1.2.3-dev",
          "dev/%s/_tags/latest-dev",
          "staging/%s/_tags/v1.2.3-staging",
          "staging/%s/_tags/latest-staging",
          "prod/%s/_tags/v1.2.3-prod",
          "prod/%s/_tags/latest-prod",
          "prod/%s/_tags/v1.2.3");

  /** The bytes of an artifact are on their way. */
  private static final List<String> COPIES = List.of("staging/%s/_blobs", "prod/%s/_blobs");

  private MortalSystem system;
  private Story undisturbed;
  private long undisturbedMillis;

  @BeforeAll
  void tell_the_story_once_without_any_death(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
      throws IOException {
    Path manifest = folder.resolve("manifest.yaml");
    system = new MortalSystem(folder, manifest);
    Files.writeString(manifest, manifest(system.port()));
    system.ensureRunning();
    long start = System.nanoTime();
    go("undisturbed");
    undisturbedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    undisturbed = settled("undisturbed");
    assertThat(undisturbed.effects())
        .containsEntry("PromotionSucceeded", 2)
        .containsEntry("TagsAssigned", 4)
        .containsEntry("ApprovalGranted", 2);
  }

  @AfterAll
  void stop() {
    system.close();
    assertThat(system.databases()).as("PostgreSQL after the end").isEmpty();
  }

  private static String manifest(int port) {
    String artifacts =
        Stream.concat(
                IntStream.range(0, MOST_EVENTS).mapToObj(i -> "event-" + i),
                IntStream.range(0, 20)
                    .boxed()
                    .flatMap(i -> Stream.of("moment-" + i, "effect-" + i)))
            .reduce("undisturbed", (all, next) -> all + ", " + next);
    return Manifests.COURSE
        .replaceFirst("(?s)artifact: \\[.*?]", "artifact: [" + artifacts + "]")
        .replace("PORT", Integer.toString(port));
  }

  @TestFactory
  @Requirement({"330.1", "337.5"})
  Stream<DynamicTest> death_right_after_an_event_changes_nothing() {
    List<Event> events = SOAK ? all() : FEW;
    return IntStream.range(0, events.size())
        .mapToObj(
            i -> {
              Event event = events.get(i);
              return DynamicTest.dynamicTest(
                  "%s, %d".formatted(event.type(), event.which()),
                  () -> dieAfter(event, "event-" + i));
            });
  }

  private List<Event> all() {
    Map<String, Integer> seen = new HashMap<>();
    List<Event> events = new ArrayList<>();
    for (Told one : undisturbed.told()) {
      events.add(new Event(one.type(), seen.merge(one.type(), 1, Integer::sum)));
    }
    return events;
  }

  @TestFactory
  @Requirement({"330.1", "337.3", "337.5"})
  Stream<DynamicTest> death_right_after_an_effect_changes_nothing() {
    List<String> effects =
        SOAK ? Stream.concat(EFFECTS.stream(), COPIES.stream()).toList() : List.of(EFFECTS.get(4));
    return IntStream.range(0, effects.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    effects.get(i).formatted("*"),
                    () -> {
                      String artifact = "effect-" + i;
                      String file = effects.get(i).formatted(artifact);
                      system.haltOnceThere("registry/repositories/" + file);
                      dieOnTheWay(artifact);
                    }));
  }

  private void dieAfter(Event event, String artifact) {
    system.haltAfter(artifact, event.type(), event.which());
    dieOnTheWay(artifact);
  }

  private void dieOnTheWay(String artifact) {
    int starts = system.starts();
    go(artifact);
    Awaitility.await("the death")
        .atMost(Course.PATIENCE)
        .until(() -> system.starts() > starts || !system.isAlive());
    assertStory(artifact);
  }

  @TestFactory
  @Requirement({"330.1", "337.5"})
  Stream<DynamicTest> death_at_any_moment_changes_nothing() {
    var random = new Random(SEED);
    return IntStream.range(0, MOMENTS)
        .mapToObj(
            i -> {
              long after = random.nextLong(Math.max(1, undisturbedMillis));
              return DynamicTest.dynamicTest(
                  "after %d ms".formatted(after), () -> dieAt(after, "moment-" + i));
            });
  }

  private void dieAt(long millis, String artifact) {
    system.ensureRunning();
    var death =
        CompletableFuture.runAsync(
            system::kill, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    go(artifact);
    death.join();
    assertStory(artifact);
  }

  private void go(String artifact) {
    var course = new Course(system.door(), artifact, "v1.2.3");
    course.publish();
    course.reach("staging");
    course.reachWithApproval("prod");
  }

  private void assertStory(String artifact) {
    system.ensureRunning();
    Story story = settled(artifact);
    assertThat(story.effects()).isEqualTo(undisturbed.effects());
    assertThat(story.sequences())
        .allSatisfy(
            (topic, numbers) ->
                assertThat(numbers)
                    .as(topic)
                    .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, numbers.size()).boxed().toList()));
    assertTags(artifact);
    assertNothingAcknowledgedIsMissing();
    assertThat(system.databases()).as("PostgreSQL").hasSize(1);
  }

  /** The story when its last effect, the tags of the publication, is told too. */
  private Story settled(String artifact) {
    int tagged = 4;
    return Awaitility.await("the tags of " + artifact)
        .atMost(Course.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> Story.of(system.data(), artifact),
            story -> story.effects().getOrDefault("TagsAssigned", 0) >= tagged);
  }

  private void assertTags(String artifact) {
    var registry = new RegistryView(system.door().host());
    String digest = registry.digest("dev/" + artifact, "v1.2.3-dev").orElseThrow();
    for (String environment : List.of("staging", "prod")) {
      for (String tag : List.of("v1.2.3-" + environment, "latest-" + environment)) {
        assertThat(registry.digest(environment + "/" + artifact, tag)).as(tag).contains(digest);
      }
    }
    assertThat(registry.digest("prod/" + artifact, "v1.2.3")).contains(digest);
  }

  private void assertNothingAcknowledgedIsMissing() {
    assertThat(system.acknowledged()).isNotEmpty();
    for (String position : system.acknowledged()) {
      Reply reply =
          system
              .door()
              .as(Course.DANA)
              .get("/api/v1/promotions?limit=1", "Floe-Position", position);
      assertThat(reply.status()).as(position).isEqualTo(200);
    }
  }
}
