package dev.floe.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.floe.kernel.Requirement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 4 of the contract, as the catalogue has it. */
class TopicsTest {

  private static final List<String> WORDS =
      List.of("promotion", "approval", "gate", "registry", "notification", "usage");

  private static final Map<String, String> SEVEN_DAYS =
      Map.of(
          "retention.ms", "604800000",
          "cleanup.policy", "delete",
          "message.timestamp.type", "LogAppendTime");

  private static final Map<String, String> FOR_EVER =
      Map.of(
          "retention.ms", "-1",
          "retention.bytes", "-1",
          "cleanup.policy", "delete",
          "message.timestamp.type", "LogAppendTime",
          "max.message.bytes", "1048576");

  @Test
  void there_are_no_topics_but_those_of_the_contract() {
    Stream<String> expected =
        Stream.of(
                WORDS.stream().map("floe.%s.commands"::formatted),
                WORDS.stream().map("floe.%s.events"::formatted),
                WORDS.stream().map("floe.%s.commands.dlt"::formatted),
                Stream.of(
                    "floe.config.events", "floe.replies", "floe.status", "floe.audit.checkpoints"))
            .flatMap(names -> names);
    assertThat(Topics.all(Topics.ON_A_CLUSTER))
        .extracting(Topic::name)
        .containsExactlyInAnyOrder(expected.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, Topics.ON_A_CLUSTER})
  void
      all_have_as_many_partitions_as_the_installation_gives_but_the_manifest_s_and_the_checkpoints_one(
          int given) {
    assertThat(Topics.all(given))
        .allSatisfy(
            topic ->
                assertThat(topic.partitions())
                    .as(topic.name())
                    .isEqualTo(
                        List.of("floe.config.events", "floe.audit.checkpoints")
                                .contains(topic.name())
                            ? 1
                            : given));
  }

  @Test
  void the_catalogue_itself_does_not_guess_a_number() {
    assertThatIllegalStateException()
        .isThrownBy(Topics.PROMOTION_EVENTS::partitions)
        .withMessageContaining("floe.promotion.events");
  }

  @Test
  void commands_stay_seven_days_under_the_broker_s_time() {
    assertThat(Topics.commands())
        .hasSize(6)
        .allSatisfy(topic -> assertThat(topic.settings()).containsAllEntriesOf(SEVEN_DAYS));
  }

  @Test
  void strangers_may_write_short_commands_and_all_that_follows_from_one_fits() {
    assertThat(Topics.PROMOTION_COMMANDS.longestRecord()).isEqualTo(64 << 10);
    assertThat(Topics.commands())
        .filteredOn(topic -> !topic.owner().isEmpty())
        .extracting(Topic::longestRecord)
        .containsOnly(512 << 10);
    assertThat(Topics.PROMOTION_EVENTS.longestRecord()).isEqualTo(1 << 20);
  }

  @Test
  @Requirement("330.3")
  void events_stay_for_ever_under_the_broker_s_time_and_are_never_compacted() {
    assertThat(Topics.events()).hasSize(7).extracting(Topic::settings).containsOnly(FOR_EVER);
  }

  @Test
  void answers_stay_an_hour_and_dead_letters_ninety_days() {
    assertThat(Topics.REPLIES.settings())
        .isEqualTo(
            Map.of(
                "retention.ms", "3600000",
                "cleanup.policy", "delete",
                "max.message.bytes", "1572864"));
    assertThat(Topics.all(Topics.ON_A_CLUSTER))
        .filteredOn(topic -> topic.name().endsWith(".dlt"))
        .hasSize(6)
        .extracting(Topic::settings)
        .containsOnly(
            Map.of(
                "retention.ms", "7776000000",
                "cleanup.policy", "delete",
                "max.message.bytes", "262144"));
  }

  @Test
  void the_status_of_slots_is_compacted() {
    assertThat(Topics.STATUS.settings())
        .isEqualTo(Map.of("cleanup.policy", "compact", "max.message.bytes", "1048576"));
  }

  @Test
  void every_topic_has_one_owner_but_the_public_commands() {
    assertThat(Topics.all(Topics.ON_A_CLUSTER))
        .filteredOn(topic -> topic.owner().isEmpty())
        .containsExactly(Topics.PROMOTION_COMMANDS.in(Topics.ON_A_CLUSTER));
    assertThat(Topics.events())
        .extracting(Topic::owner)
        .containsExactly(
            "promotion-service",
            "approval-service",
            "gate-runner",
            "registry-sync",
            "notifier",
            "audit-projector",
            "promotion-service");
    assertThat(Topics.PROMOTION_COMMANDS.deadLetters("promotion-service").owner())
        .isEqualTo("promotion-service");
  }
}
