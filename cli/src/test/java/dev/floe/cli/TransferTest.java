package dev.floe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.console.Transfer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransferTest {

  private static final long MIB = 1024 * 1024;
  private static final long GIB = 1024 * MIB;

  private final Transfer transfer = new Transfer("Promoting to staging");

  private static long second(double number) {
    return (long) (number * 1e9);
  }

  @Test
  void tells_bytes_share_and_rate() {
    transfer.at(228 * MIB, GIB, second(7));

    assertThat(transfer.at(320 * MIB, GIB, second(8)))
        .isEqualTo("Promoting to staging... 320 MiB of 1.0 GiB (31 %, 92 MiB/s)");
  }

  @Test
  void tells_no_rate_before_anything_has_moved_for_a_while() {
    assertThat(transfer.at(0, GIB, second(1)))
        .isEqualTo("Promoting to staging... 0 B of 1.0 GiB (0 %)");
  }

  @Test
  void tells_no_share_where_nobody_knows_the_total() {
    assertThat(transfer.at(0, 0, second(1))).isEqualTo("Promoting to staging... 0 B");
    assertThat(transfer.at(3 * MIB, 0, second(2)))
        .isEqualTo("Promoting to staging... 3.0 MiB (3.0 MiB/s)");
  }

  @Test
  void tells_the_rate_of_the_last_seconds() {
    for (int now = 0; now <= 20; now++) {
      transfer.at(now * MIB, GIB, second(now));
    }

    assertThat(transfer.at(80 * MIB, GIB, second(21))).endsWith("13 MiB/s)");
  }

  @Test
  void keeps_a_rate_where_it_is_asked_seldom() {
    transfer.at(0, GIB, 0);

    assertThat(transfer.at(100 * MIB, GIB, Duration.ofSeconds(10).toNanos()))
        .isEqualTo("Promoting to staging... 100 MiB of 1.0 GiB (9 %, 10 MiB/s)");
  }

  @Test
  void begins_its_rate_anew_with_a_transfer_that_begins_anew() {
    transfer.at(500 * MIB, GIB, second(1));

    assertThat(transfer.at(MIB, GIB, second(2)))
        .isEqualTo("Promoting to staging... 1.0 MiB of 1.0 GiB (0 %)");
  }

  @Test
  void is_at_100_percent_when_all_is_there_and_no_sooner() {
    assertThat(transfer.at(GIB - 1, GIB, 0)).contains("(99 %");
    assertThat(transfer.at(GIB, GIB, second(1))).contains("(100 %");
  }

  @Test
  void changes_the_unit_before_it_needs_a_fourth_digit() {
    assertThat(transfer.at(1_023, 0, 0)).endsWith(" 1023 B");
    assertThat(transfer.at(1_024, 0, 0)).endsWith(" 1.0 KiB");
    assertThat(transfer.at(10_189, 0, 0)).endsWith(" 10 KiB");
    assertThat(transfer.at(MIB - 1, 0, 0)).endsWith(" 1.0 MiB");
    assertThat(transfer.at(3 * 1024 * GIB, 0, 0)).endsWith(" 3.0 TiB");
  }
}
