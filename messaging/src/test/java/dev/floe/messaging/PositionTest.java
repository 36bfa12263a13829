package dev.floe.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Journal.Answer;
import dev.floe.kernel.Recorded;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

  @Test
  void a_position_is_read_back_from_its_header() {
    var position = new Position("floe.promotion.events", "team/floe-platform", 42);

    assertThat(Position.decode(position.encode())).contains(position);
    assertThat(position.encode()).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void an_answers_position_is_its_last_facts() {
    var answer = new Answer<>(List.of(), List.of(fact(1), fact(2)));

    assertThat(Position.of("t", answer)).contains(new Position("t", "k", 2));
    assertThat(Position.of("t", new Answer<>(List.of(), List.of()))).isEmpty();
  }

  private static Recorded<String> fact(long sequence) {
    return new Recorded<>("i", "k", sequence, Instant.EPOCH, Actor.system("s"), "c", "e");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%%%", "Zm9v", "Zi9vL3g", "Zi9vLy0x"})
  void what_is_no_position_is_none(String header) {
    assertThat(Position.decode(header)).isEmpty();
  }

  @Test
  void a_records_position_is_read_back() {
    var position = new RecordPosition("floe.gate.events", 3, 77);

    assertThat(RecordPosition.parse(position.toString())).contains(position);
    assertThat(RecordPosition.parse("floe.gate.events/3")).isEmpty();
    assertThat(RecordPosition.parse("floe.gate.events/3/-1")).isEmpty();
    assertThat(RecordPosition.parse("floe.gate.events/x/1")).isEmpty();
  }
}
