package dev.floe.promotion.domain.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LedgerTest {

  @Test
  void holds_what_a_sorted_map_would_after_any_changes() {
    var random = new Random(20261125);
    var expected = new TreeMap<Integer, Integer>();
    Ledger<Integer, Integer> ledger = Ledger.empty();
    for (int i = 0; i < 20_000; i++) {
      int key = random.nextInt(2_000);
      if (random.nextInt(3) == 0) {
        expected.remove(key);
        ledger = ledger.without(key);
      } else {
        expected.put(key, i);
        ledger = ledger.with(key, i);
      }
    }
    assertThat(ledger.values()).isEqualTo(List.copyOf(expected.values()));
    for (int key = 0; key < 2_000; key++) {
      assertThat(ledger.get(key).orElse(null)).isEqualTo(expected.get(key));
    }
  }

  @Test
  void never_changes_what_was_handed_out() {
    Ledger<String, Integer> one = Ledger.<String, Integer>empty().with("a", 1);
    Ledger<String, Integer> two = one.with("a", 2).with("b", 3);

    assertThat(one.values()).containsExactly(1);
    assertThat(two.without("a").values()).containsExactly(3);
    assertThat(two.values()).containsExactly(2, 3);
  }

  @Test
  void stays_shallow_when_filled_in_order() {
    Ledger<Integer, Integer> ledger = Ledger.empty();
    for (int i = 0; i < 200_000; i++) {
      ledger = ledger.with(i, i);
    }
    // Linear depth would overflow the stack here.
    assertThat(ledger.values()).hasSize(200_000);
    assertThat(ledger.contains(199_999)).isTrue();
  }
}
