package dev.floe.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Requirement;
import dev.floe.schemas.Topic;
import dev.floe.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rule 10: topics are as the catalogue says, or nothing starts. */
@Requirement("330.3")
class TopicsSetupIT {

  private final TopicsSetup setup = new TopicsSetup(TestKafka.get().admin());

  @Test
  void the_whole_catalogue_is_made_and_found_as_it_should_be() {
    setup.create(Topics.all(TestKafka.PARTITIONS), Optional.empty());

    assertThatCode(() -> setup.check(Topics.all(TestKafka.PARTITIONS))).doesNotThrowAnyException();
  }

  @Test
  void making_topics_that_are_there_changes_nothing() {
    Topic topic = topic("floe.again.events", 2, Map.of());
    setup.create(List.of(topic), Optional.empty());

    setup.create(List.of(topic), Optional.empty());

    assertThatCode(() -> setup.check(List.of(topic))).doesNotThrowAnyException();
  }

  @Test
  void every_difference_is_named_with_its_fix() {
    setup.create(
        List.of(
            topic("floe.few.events", 2, Map.of("retention.ms", "-1")),
            topic("floe.short.events", 2, Map.of("retention.ms", "1000"))),
        Optional.empty());

    assertThatThrownBy(
            () ->
                setup.check(
                    List.of(
                        topic("floe.few.events", 12, Map.of("retention.ms", "-1")),
                        topic("floe.short.events", 2, Map.of("retention.ms", "-1")),
                        topic("floe.absent.events", 3, Map.of("cleanup.policy", "delete")))))
        .isInstanceOf(TopicsSetup.Difference.class)
        .hasMessageContaining("floe.few.events has 2 partitions, the catalogue says 12")
        .hasMessageContaining(
            "floe.short.events has retention.ms=1000, the catalogue says -1; set it: kafka-configs.sh")
        .hasMessageContaining("floe.absent.events is missing; create it: kafka-topics.sh")
        .satisfies(
            thrown ->
                assertThat(thrown.getMessage())
                    .contains("--partitions 3 --config cleanup.policy=delete"));
  }

  private static Topic topic(String name, int partitions, Map<String, String> settings) {
    return new Topic(name, partitions, settings, "test");
  }
}
