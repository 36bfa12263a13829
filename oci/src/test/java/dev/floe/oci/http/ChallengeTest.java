package dev.floe.oci.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {

  private static List<Challenge> read(String... lines) {
    return Challenge.read(List.of(lines));
  }

  @Test
  void has_a_scheme_and_parameters() {
    assertThat(read("Bearer realm=\"https://a/t\",service=\"s\",scope=\"repository:x:pull,push\""))
        .containsExactly(
            new Challenge(
                "bearer",
                Map.of("realm", "https://a/t", "service", "s", "scope", "repository:x:pull,push")));
  }

  @Test
  void is_read_in_any_case_and_with_any_blanks() {
    assertThat(read("BEARER  Realm = \"r\" ,\tSERVICE=s"))
        .containsExactly(new Challenge("bearer", Map.of("realm", "r", "service", "s")));
  }

  @Test
  void may_stand_beside_others_in_one_line() {
    assertThat(read("Negotiate, Basic realm=\"a, b\", charset=\"UTF-8\", Bearer realm=\"r\""))
        .containsExactly(
            new Challenge("negotiate", Map.of()),
            new Challenge("basic", Map.of("realm", "a, b", "charset", "UTF-8")),
            new Challenge("bearer", Map.of("realm", "r")));
  }

  @Test
  void may_stand_in_a_line_of_its_own() {
    assertThat(read("Basic realm=\"a\"", "Bearer realm=\"b\""))
        .extracting(Challenge::scheme)
        .containsExactly("basic", "bearer");
  }

  @Test
  void may_carry_a_token_instead_of_parameters() {
    assertThat(read("Negotiate oRQwEqADCg==, Bearer realm=\"r\""))
        .containsExactly(
            new Challenge("negotiate", Map.of()), new Challenge("bearer", Map.of("realm", "r")));
  }

  @Test
  void may_have_quotes_within_quotes_and_equals_signs_and_empty_elements() {
    assertThat(read(",, Bearer realm=\"say \\\"hi\\\" =, \\\\\",,scope=\"\""))
        .containsExactly(new Challenge("bearer", Map.of("realm", "say \"hi\" =, \\", "scope", "")));
  }

  @Test
  void without_quotes_around_a_url_is_understood_too() {
    assertThat(read("Bearer realm=https://auth.example.com/token,service=x"))
        .containsExactly(
            new Challenge(
                "bearer", Map.of("realm", "https://auth.example.com/token", "service", "x")));
  }

  @Test
  void that_breaks_off_leaves_what_was_read_and_does_not_loop() {
    assertThat(read("Bearer realm=\"no end")).containsExactly(new Challenge("bearer", Map.of()));
    assertThat(read("=", "\"", "Basic ==", "Basic realm==x", "a b c d=")).isNotNull();
    assertThat(read("")).isEmpty();
  }
}
