package dev.floe.registry.application;

import static dev.floe.kernel.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Drift;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When all tags are looked at again. */
@Requirement("330.8")
class DriftRoundsTest {

  private static final Drift NEVER = new Drift(null);

  private Instant now = NOON;
  private final DriftRounds rounds = new DriftRounds(() -> now);

  @Test
  void a_look_is_due_one_pause_after_the_last_one_ended() {
    after(59);
    assertThat(rounds.isDue(every(60))).isFalse();
    after(1);
    assertThat(rounds.isDue(every(60))).isTrue();
    after(30);
    assertThat(rounds.isDue(every(60))).isTrue();

    rounds.ended();

    after(59);
    assertThat(rounds.isDue(every(60))).isFalse();
    after(1);
    assertThat(rounds.isDue(every(60))).isTrue();
  }

  @Test
  void another_manifest_counts_from_the_last_look_too() {
    after(120);
    assertThat(rounds.isDue(every(3600))).isFalse();
    assertThat(rounds.isDue(every(100))).isTrue();
    assertThat(rounds.isDue(NEVER)).isFalse();
  }

  @Test
  void the_longest_pause_never_ends() {
    after(1_000_000_000);
    assertThat(rounds.isDue(new Drift(Duration.ofSeconds(Long.MAX_VALUE)))).isFalse();
  }

  private void after(long seconds) {
    now = now.plusSeconds(seconds);
  }

  private static Drift every(int seconds) {
    return new Drift(Duration.ofSeconds(seconds));
  }
}
