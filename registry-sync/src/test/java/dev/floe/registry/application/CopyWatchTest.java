package dev.floe.registry.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.manifest.Digest;
import dev.floe.registry.domain.RegistryTarget;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CopyWatchTest {

  private static final Digest ONE = Digest.parse("sha256:" + "1".repeat(64));
  private static final Digest TWO = Digest.parse("sha256:" + "2".repeat(64));

  private static final RegistryTarget MAIN = new RegistryTarget("primary", "oci://127.0.0.1/a");
  private static final RegistryTarget SPARE = new RegistryTarget("secondary", "oci://127.0.0.1/b");

  private final CopyWatch watch = new CopyWatch();

  @Test
  void adds_up_what_moves_and_what_is_there_already() {
    try (PromotionCopies copies = watch.begin("req-1", List.of(MAIN, SPARE))) {
      CopyTally main = copies.to(MAIN);
      main.planned(300);
      main.moved(ONE, 64);
      main.moved(ONE, 128);
      main.arrived(TWO, 100);

      assertThat(copies.now())
          .containsExactly(
              new CopyProgress("req-1", MAIN.url(), "primary", 228, 300, 1, false),
              new CopyProgress("req-1", SPARE.url(), "secondary", 0, 0, 0, false));

      main.arrived(ONE, 200);
      main.planned(50);
      main.finish();

      assertThat(copies.now().getFirst())
          .isEqualTo(new CopyProgress("req-1", MAIN.url(), "primary", 300, 350, 2, true));
    }
  }

  @Test
  void falls_back_with_a_transfer_that_starts_again() {
    try (PromotionCopies copies = watch.begin("req-1", List.of(MAIN))) {
      CopyTally main = copies.to(MAIN);
      main.moved(ONE, 150);
      main.moved(ONE, 10);

      assertThat(copies.now().getFirst().bytes()).isEqualTo(10);
    }
  }

  @Test
  void forgets_a_promotion_whose_copies_are_over() {
    PromotionCopies seen;
    try (PromotionCopies copies = watch.begin("req-1", List.of(MAIN))) {
      seen = copies;
      assertThat(watch.of("req-1")).contains(copies);
    }

    assertThat(watch.of("req-1")).isEmpty();
    assertThat(watch.size()).isZero();
    assertThat(seen.now()).allMatch(CopyProgress::finished);
  }

  @Test
  void an_earlier_attempt_that_ends_late_does_not_hide_the_next_one() {
    PromotionCopies first = watch.begin("req-1", List.of(MAIN));
    PromotionCopies second = watch.begin("req-1", List.of(MAIN));

    first.close();

    assertThat(watch.of("req-1")).contains(second);
  }

  @Test
  void keeps_a_bounded_number_and_of_them_the_latest() {
    IntStream.rangeClosed(0, CopyWatch.MOST)
        .forEach(number -> watch.begin("req-" + number, List.of(MAIN)));

    assertThat(watch.size()).isEqualTo(CopyWatch.MOST);
    assertThat(watch.of("req-0")).isEmpty();
    assertThat(watch.of("req-" + CopyWatch.MOST)).isPresent();
  }
}
