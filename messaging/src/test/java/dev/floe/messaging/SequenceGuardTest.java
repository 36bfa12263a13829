package dev.floe.messaging;

import static dev.floe.messaging.SequenceVerdict.ACCEPT;
import static dev.floe.messaging.SequenceVerdict.GAP;
import static dev.floe.messaging.SequenceVerdict.VOID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.messaging.Envelope.Numbers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@Requirement("330.7")
class SequenceGuardTest {

  private final SequenceGuard guard =
      new SequenceGuard(
          (_, key) -> key.equals("known") ? Optional.of(new Numbers(7, 2)) : Optional.empty());

  @Test
  void the_next_number_from_the_same_or_a_later_writer_is_accepted() {
    assertThat(guard.check("t", "known", new Numbers(8, 2))).isEqualTo(ACCEPT);
    assertThat(guard.check("t", "known", new Numbers(9, 4))).isEqualTo(ACCEPT);
  }

  @Test
  void a_number_already_seen_is_void_whoever_wrote_it() {
    assertThat(guard.check("t", "known", new Numbers(7, 2))).isEqualTo(VOID);
    assertThat(guard.check("t", "known", new Numbers(3, 9))).isEqualTo(VOID);
  }

  @Test
  void the_next_number_from_an_earlier_writer_is_void() {
    assertThat(guard.check("t", "known", new Numbers(8, 1))).isEqualTo(VOID);
  }

  @Test
  void a_number_beyond_the_next_is_a_gap_and_stays_one() {
    assertThat(guard.check("t", "known", new Numbers(9, 2))).isEqualTo(GAP);
    assertThat(guard.check("t", "known", new Numbers(10, 2))).isEqualTo(GAP);
    assertThat(guard.check("t", "known", new Numbers(8, 2))).isEqualTo(ACCEPT);
  }

  @Test
  void where_nothing_is_known_the_first_event_is_taken_at_its_word() {
    assertThat(guard.check("t", "new", new Numbers(5, 1))).isEqualTo(ACCEPT);
    assertThat(guard.check("t", "new", new Numbers(5, 1))).isEqualTo(VOID);
    assertThat(guard.check("other", "new", new Numbers(1, 1))).isEqualTo(ACCEPT);
  }

  @Test
  void a_reader_that_goes_back_sees_everything_again() {
    assertThat(guard.check("t", "new", new Numbers(5, 1))).isEqualTo(ACCEPT);
    guard.clear();
    assertThat(guard.check("t", "new", new Numbers(4, 1))).isEqualTo(ACCEPT);
  }
}
