package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.messaging.Verification.Life;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeenTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private static Life issuedAt(Instant time) {
    return new Life(time, time.plusSeconds(60));
  }

  @Test
  void a_command_is_known_by_its_id_and_subject_while_its_token_lives() {
    var seen = new Seen(10);
    seen.add("cups", "1", NOON, issuedAt(NOON));

    assertThat(seen.of("cups", "1")).isEqualTo(new Seen.First(NOON, issuedAt(NOON)));
    assertThat(seen.of("jugs", "1")).isNull();
  }

  @Test
  void what_no_token_can_repeat_any_more_is_forgotten_first() {
    var seen = new Seen(10);
    Instant later = NOON.plus(Duration.ofMinutes(10));
    for (int i = 0; i < 5; i++) {
      seen.add("cups", "old-" + i, NOON, issuedAt(NOON));
    }
    for (int i = 0; i < 5; i++) {
      seen.add("cups", "new-" + i, later, issuedAt(later));
    }

    assertThat(seen.size()).isEqualTo(5);
    assertThat(seen.of("cups", "old-0")).isNull();
    assertThat(seen.of("cups", "new-0")).isNotNull();
    assertThat(seen.mayHaveForgotten(issuedAt(NOON))).isFalse();
  }

  @Test
  void where_too_many_tokens_live_those_as_old_as_the_forgotten_are_refused() {
    var seen = new Seen(10);
    for (int i = 0; i < 100; i++) {
      Instant time = NOON.plusMillis(i);
      seen.add("cups", "id-" + i, time, issuedAt(time));
    }

    assertThat(seen.size()).isLessThanOrEqualTo(10);
    assertThat(seen.of("cups", "id-99")).isNotNull();
    assertThat(seen.mayHaveForgotten(issuedAt(NOON.plusMillis(50)))).isTrue();
    assertThat(seen.mayHaveForgotten(issuedAt(NOON.plusMillis(99)))).isFalse();
  }
}
