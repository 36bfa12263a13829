package dev.floe.messaging.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Rule 6: how long, and how many commands a subject remembers. */
class RememberedTest {

  private final Remembered remembered = new Remembered();

  @Test
  void a_command_is_remembered_for_8_days_of_log_time() {
    remembered.caused("old", 0, 10);
    remembered.caused("at the edge", 1, 11);

    remembered.caused("new", Remembered.KEPT_MS + 1, 12);

    assertThat(remembered.of("old")).isNull();
    assertThat(remembered.of("at the edge")).isNotNull();
  }

  @Test
  void no_more_than_10_000_are_remembered() {
    for (int i = 0; i <= Remembered.MOST; i++) {
      remembered.caused("command-" + i, 0, i);
    }

    assertThat(remembered.size()).isEqualTo(10_000);
    assertThat(remembered.of("command-0")).isNull();
    assertThat(remembered.of("command-1")).isNotNull();
  }

  @Test
  void all_events_of_a_command_are_counted_from_the_first() {
    remembered.caused("command", 0, -1);
    remembered.caused("command", 0, -1);

    remembered.placed("command", 40);

    Remembered.Effect effect = Objects.requireNonNull(remembered.of("command"));
    assertThat(effect.count()).isEqualTo(2);
    assertThat(effect.offset()).isEqualTo(40);
  }
}
