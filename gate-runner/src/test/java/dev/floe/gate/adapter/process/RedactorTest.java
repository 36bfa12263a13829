package dev.floe.gate.adapter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.floe.kernel.Requirement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement("328.3")
class RedactorTest {

  private static final String KEY =
      "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXkt\nYWFhYQ==\n-----END OPENSSH PRIVATE KEY-----";

  private static String redacted(String text, String... secrets) {
    return redactedInPieces(text, Integer.MAX_VALUE, secrets);
  }

  private static String redactedInPieces(String text, int piece, String... secrets) {
    StringBuilder shown = new StringBuilder();
    Redactor redactor = new Redactor(new SecretFinder(List.of(secrets)), shown::append);
    for (int at = 0; at < text.length(); ) {
      int end = (int) Math.min(text.length(), (long) at + piece);
      redactor.accept(text.substring(at, end));
      at = end;
    }
    redactor.finish();
    return shown.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Authorization: Bearer abcdef0123456789        | Authorization: Bearer [redacted]",
        "curl -H 'authorization: Basic dXNlcjpwYXNz'   | curl -H 'authorization: Basic [redacted]'",
        "sent bearer eyJhbGciOi.J9x_y.z to it          | sent bearer [redacted] to it",
        "AWS_ACCESS_KEY_ID is AKIAIOSFODNN7EXAMPLE.    | AWS_ACCESS_KEY_ID is [redacted].",
        "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG | aws_secret_access_key = [redacted]",
        "password=hunter2 user=ada                     | password=[redacted] user=ada",
        "{\"db_password\": \"a b c\", \"n\": 1}        | {\"db_password\": \"[redacted]\", \"n\": 1}",
        "API-KEY: 'x y'                                | API-KEY: '[redacted]'",
        "postgres://floe:s3cret@db:5432/floe           | postgres://floe:[redacted]@db:5432/floe",
        "token ghp_0123456789abcdefghijABCDEFGHIJ456789 | token [redacted]",
        "the password is asked for                     | the password is asked for",
        "12 tokens read, 3 passed                      | 12 tokens read, 3 passed"
      })
  void what_looks_like_a_secret_is_hidden_and_the_rest_is_not(String text, String shown) {
    assertThat(redacted(text)).isEqualTo(shown);
  }

  @Test
  void a_private_key_is_hidden_whole() {
    assertThat(redacted("before " + KEY + " after")).isEqualTo("before [redacted] after");
  }

  @Test
  void a_private_key_without_an_end_is_hidden_as_far_as_keys_go() {
    String open = "-----BEGIN RSA PRIVATE KEY-----\n" + "k".repeat(20_000) + " end";

    assertThat(redacted(open)).startsWith("[redacted]k").endsWith(" end").hasSizeLessThan(4_000);
  }

  @Test
  void given_secrets_are_hidden_line_by_line_and_the_longest_first() {
    assertThat(redacted("x first line y second z first", "first line\nsecond", "first"))
        .isEqualTo("x [redacted] y [redacted] z [redacted]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "abc", "", "NONE"})
  void what_is_too_short_or_too_common_is_no_secret(String common) {
    String text = "true abc NONE";

    assertThat(redacted(text, common)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4_096, 65_536})
  void the_pieces_a_text_comes_in_change_nothing(int piece) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < 400_000; i++) {
      // Lengths without a common factor, so that secrets come to lie on every kind of border.
      text.append("word ".repeat(i % 97)).append("password=p").append(i).append(' ');
      text.append(i % 31 == 0 ? KEY : "hunter2").append('\n');
    }

    String shown = redactedInPieces(text.toString(), piece, "hunter2");

    assertThat(shown).isEqualTo(redacted(text.toString(), "hunter2"));
    assertThat(shown).doesNotContain("hunter2", "=p", "b3Blb").contains("[redacted]");
  }

  @Test
  void a_token_longer_than_anything_that_is_held_back_is_hidden_to_its_end() {
    String text = "token=" + "t".repeat(300_000) + " done";

    assertThat(redacted(text)).isEqualTo("token=[redacted] done");
  }

  @ParameterizedTest
  @ValueSource(ints = {52_160, 69_560})
  void a_secret_is_hidden_on_the_border_of_what_is_held_back_and_of_a_block(int border) {
    for (int before = border; before < border + 110; before += 3) {
      String shown = redacted("-".repeat(before) + " secret=hunter2 " + "-".repeat(70_000));
      assertThat(shown).contains(" secret=[redacted] ").doesNotContain("hunter");
    }
  }

  @Test
  void names_within_values_without_an_end_do_not_make_it_slow() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThat(redacted("pwd=".repeat(500_000))).isEqualTo("pwd=[redacted]"));
  }
}
