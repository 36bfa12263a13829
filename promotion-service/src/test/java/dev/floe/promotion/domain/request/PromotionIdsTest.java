package dev.floe.promotion.domain.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PromotionIdsTest {

  @Test
  void begin_with_the_time_in_a_ulids_letters() {
    // The time of the ULID specification's example, 01ARZ3NDEKTSV4RRFFQ69G5FAV.
    assertThat(id("a", "2016-07-30T23:54:10.259Z")).startsWith("req-01ARZ3NDEK").hasSize(30);
  }

  @Test
  void differ_for_different_commands_and_agree_for_the_same() {
    String time = "2026-11-25T12:00:00Z";

    assertThat(id("a", time)).isEqualTo(id("a", time)).isNotEqualTo(id("b", time));
  }

  @Test
  void sort_by_time() {
    assertThat(id("z", "2026-11-25T12:00:00.000Z")).isLessThan(id("a", "2026-11-25T12:00:00.001Z"));
  }

  private static String id(String command, String at) {
    return PromotionIds.of(
        new Asked<>(command, "floe-platform", Instant.parse(at), Actor.user("dana"), "ask"));
  }
}
