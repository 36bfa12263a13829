package dev.floe.cli;

import static dev.floe.cli.Promotions.ID;
import static dev.floe.cli.Promotions.promotion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.cli.Cli.Run;
import dev.floe.cli.console.Terminals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CopyProgressTest {

  private static final String PROGRESS = "/api/v1/promotions/" + ID + "/progress";
  private static final String HALF_WAY =
      """
      {"promotion":"req-01J","finished":false,"registries":[\
      {"role":"primary","bytes":209715200,"total":536870912,"blobs":2,"finished":false},\
      {"role":"secondary","bytes":104857600,"total":%d,"blobs":1,"finished":false}]}""";
  private static final Terminals TERMINAL = new Terminals(true, true, true);

  private final FakeFloe floe =
      FakeFloe.start()
          .on("POST /api/v1/promotions", 202, promotion("staging", "executing"))
          .on("GET /api/v1/promotions/" + ID, 200, promotion("staging", "executing"))
          .silentAfter("GET /api/v1/promotions/" + ID + "/events", ": hello\n\n");

  @AfterEach
  void stop() {
    floe.close();
  }

  private Run promote(Cli cli, String... more) {
    String[] words = new String[more.length + 5];
    System.arraycopy(more, 0, words, 0, more.length);
    String[] rest = {"platform", "promote", "v1.2.3", "staging", "--wait=1s"};
    System.arraycopy(rest, 0, words, more.length, rest.length);
    return cli.run(words);
  }

  @Test
  void moves_on_a_terminal_while_bytes_are_copied() {
    floe.on("GET " + PROGRESS, 200, HALF_WAY.formatted(536_870_912));

    Run run = promote(Cli.at(floe).on(TERMINAL));

    assertThat(run.err()).contains("Promoting to staging... 300 MiB of 1.0 GiB (29 %");
    assertThat(run.out()).doesNotContain("MiB");
    assertThat(run.exitCode()).isEqualTo(124);
  }

  @Test
  void tells_no_share_before_every_registry_knows_what_it_gets() {
    floe.on("GET " + PROGRESS, 200, HALF_WAY.formatted(0));

    assertThat(promote(Cli.at(floe).on(TERMINAL)).err())
        .contains("Promoting to staging... 300 MiB")
        .doesNotContain(" of ");
  }

  @Test
  void is_no_matter_where_the_server_does_not_tell() {
    Run run = promote(Cli.at(floe).on(TERMINAL));

    assertThat(run.err()).contains("Copying to staging").doesNotContain("not-found");
    assertThat(floe.requests("GET", PROGRESS)).hasSize(1);
    assertThat(run.exitCode()).isEqualTo(124);
  }

  @Test
  void keeps_nobody_waiting_where_the_server_does_not_answer() {
    floe.silentAfter("GET " + PROGRESS, "");

    assertThat(promote(Cli.at(floe).on(TERMINAL)).exitCode()).isEqualTo(124);
  }

  @Test
  void is_told_neither_to_programs_nor_to_the_quiet() {
    floe.on("GET " + PROGRESS, 200, HALF_WAY.formatted(536_870_912));

    Run json = promote(Cli.at(floe).on(TERMINAL), "-o", "json");
    Run quiet = promote(Cli.at(floe).on(TERMINAL), "-q");

    assertThat(json.err() + quiet.err()).doesNotContain("MiB");
    assertThat(floe.requests("GET", PROGRESS)).isEmpty();
  }

  @Test
  void says_nothing_of_a_short_copy_in_a_pipe() {
    floe.on("GET " + PROGRESS, 200, HALF_WAY.formatted(536_870_912));

    assertThat(promote(Cli.at(floe)).err()).doesNotContain("MiB");
  }
}
