package dev.floe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  private static final ObjectMapper JSON = StrictJson.strict(new ObjectMapper());

  record Wanted(
      @Nullable String to, boolean dryRun, @Nullable List<String> registries, int count) {}

  record Times(Instant at) {}

  @Test
  void what_is_left_out_is_not_said_and_null_says_nothing_of_a_text() throws Exception {
    assertThat(JSON.readValue("{}", Wanted.class)).isEqualTo(new Wanted(null, false, null, 0));
    assertThat(JSON.readValue("{\"to\":null,\"dryRun\":true,\"registries\":[\"a\"]}", Wanted.class))
        .isEqualTo(new Wanted(null, true, List.of("a"), 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'dryrun':true} | no member 'dryrun' | Did you mean 'dryRun'?",
        "{'dry_run':true} | no member 'dry_run' | Did you mean 'dryRun'?",
        "{'zzz':1} | no member 'zzz' | It takes: count, dryRun, registries, to.",
        "{'dryRun':''} | 'dryRun' is not true or false (line 1, column 11) | openapi",
        "{'dryRun':0} | 'dryRun' is not true or false | openapi",
        "{'dryRun':null} | 'dryRun' is not true or false | openapi",
        "{'dryRun':'true'} | 'dryRun' is not true or false | openapi",
        "{'dryRun':[]} | 'dryRun' is not true or false | openapi",
        "{'to':1} | 'to' is not a text | openapi",
        "{'to':true} | 'to' is not a text | openapi",
        "{'to':{'a':1}} | 'to' is not a text | openapi",
        "{'registries':'primary'} | 'registries' is not a list | openapi",
        "{'registries':[1]} | 'registries[0]' is not a text | openapi",
        "{'registries':[null]} | 'registries | openapi",
        "{'to':'a','to':'b'} | uplicate | openapi",
        "{'to':'a'} {} | behind the end of the body | openapi",
        "{'to':'a'} trailing | trailing | openapi",
        "[] | no JSON object | openapi",
        "'' | no JSON object | openapi",
        "{'to': | line 1 | openapi",
      })
  void whatever_would_have_another_effect_than_it_says_is_refused_with_its_place(
      String body, String detail, String hint) {
    Throwable thrown = catchThrowable(() -> JSON.readValue(body.replace('\'', '"'), Wanted.class));

    Problem problem = BodyProblems.of(new IllegalStateException(thrown)).orElseThrow();
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.code()).isEqualTo("bad-request");
    assertThat(problem.detail()).contains(detail).doesNotContain("dev.floe");
    assertThat(problem.hint()).contains(hint);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 1_000_000})
  void what_is_quoted_of_a_wrong_body_is_short(int size) {
    for (String body :
        List.of(
            "{\"" + "x".repeat(size) + "\":1}",
            "{\"to\":\"a\",\"a\u202e\\u0000" + "b".repeat(size) + "\":1}",
            "x".repeat(size),
            "[".repeat(size))) {
      Throwable thrown = catchThrowable(() -> JSON.readValue(body, Wanted.class));

      assertThat(BodyProblems.of(thrown).orElseThrow().detail())
          .hasSizeLessThan(3_000)
          .doesNotContain("\u202e", "\0");
    }
  }

  @Test
  void times_are_written_in_one_width() throws JsonProcessingException {
    assertThat(JSON.writeValueAsString(new Times(Instant.parse("2026-11-25T12:00:00Z"))))
        .isEqualTo("{\"at\":\"2026-11-25T12:00:00.000000Z\"}");
  }
}
