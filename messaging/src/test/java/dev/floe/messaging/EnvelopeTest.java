package dev.floe.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.Envelope.Numbers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

@Requirement("330.1")
class EnvelopeTest {

  private static final Envelope FULL =
      new Envelope(
          "0199e3c0-0000-7000-8000-000000000001",
          "dev.floe.promotion.v1.PromotionRequested",
          "/floe/promotion-service",
          "req-01",
          Instant.parse("2026-11-25T12:00:00.120003Z"),
          "req-01",
          "0199e3c0-0000-7000-8000-000000000000",
          Actor.user("ada@acme.com"),
          new Numbers(42, 7),
          new RecordPosition("floe.promotion.commands", 3, 77),
          new RecordPosition("floe.gate.events", 3, 5),
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

  @Test
  void an_event_carries_the_contracts_headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    FULL.headers()
        .forEach(
            header ->
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));

    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("ce_specversion", "1.0");
    expected.put("ce_id", "0199e3c0-0000-7000-8000-000000000001");
    expected.put("ce_type", "dev.floe.promotion.v1.PromotionRequested");
    expected.put("ce_source", "/floe/promotion-service");
    expected.put("ce_subject", "req-01");
    expected.put("ce_time", "2026-11-25T12:00:00.120003Z");
    expected.put("content-type", "application/avro");
    expected.put("ce_correlationid", "req-01");
    expected.put("ce_causationid", "0199e3c0-0000-7000-8000-000000000000");
    expected.put("ce_authtype", "user");
    expected.put("ce_authid", "ada@acme.com");
    expected.put("ce_sequence", "0000000000000000042");
    expected.put("ce_writerepoch", "7");
    expected.put("ce_causeposition", "floe.promotion.commands/3/77");
    expected.put("ce_sourceposition", "floe.gate.events/3/5");
    expected.put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    assertThat(headers).containsExactlyEntriesOf(expected);
  }

  @Test
  void what_is_written_is_read_back() throws Envelope.Incomplete {
    assertThat(Envelope.read(headers(FULL))).isEqualTo(FULL);
  }

  @Test
  void a_full_second_keeps_its_six_digits() {
    var whole =
        new Envelope(
            "i",
            "t",
            "s",
            "u",
            Instant.parse("2026-11-25T12:00:00Z"),
            null,
            null,
            Actor.system("notifier"),
            null,
            null,
            null,
            null);

    assertThat(Envelope.text(headers(whole), Envelope.TIME))
        .contains("2026-11-25T12:00:00.000000Z");
  }

  @Test
  void a_missing_header_is_named() {
    Headers headers = headers(FULL);
    headers.remove(Envelope.ID);

    assertThatThrownBy(() -> Envelope.read(headers))
        .isInstanceOf(Envelope.Incomplete.class)
        .hasMessage("the header ce_id is missing");
  }

  @Test
  void numbers_that_are_none_are_refused() {
    Headers headers = headers(FULL);
    headers.add(Envelope.SEQUENCE, "many".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> Envelope.read(headers))
        .isInstanceOf(Envelope.Incomplete.class)
        .hasMessageContaining("many");
  }

  @Test
  void a_token_is_what_follows_bearer() {
    Headers headers = new RecordHeaders();
    headers.add(Envelope.AUTHORIZATION, "bearer abc".getBytes(StandardCharsets.UTF_8));
    Headers other = new RecordHeaders();
    other.add(Envelope.AUTHORIZATION, "Basic abc".getBytes(StandardCharsets.UTF_8));

    assertThat(Envelope.bearer(headers)).contains("abc");
    assertThat(Envelope.bearer(other)).isEmpty();
  }

  private static Headers headers(Envelope envelope) {
    return new RecordHeaders(envelope.headers());
  }
}
