package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemCodeTest {

  private static final Pattern ROW =
      Pattern.compile("^\\| `(?<code>[^`]+)` \\| (?<exit>\\d+) \\| (?<status>\\d+) \\| .+\\. \\|$");

  /** The exit codes of the contract, section 1, that stand for trouble. */
  private static final Set<Integer> EXIT_CODES =
      Set.of(1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 124);

  @Test
  @Requirement("D.3")
  void the_page_lists_every_code_with_its_exit_code_and_status_and_no_other() throws IOException {
    List<String> rows;
    try (Stream<String> lines = Files.lines(Path.of("../docs/errors.md"))) {
      rows =
          lines
              .map(ROW::matcher)
              .filter(Matcher::matches)
              .map(row -> line(row.group("code"), row.group("exit"), row.group("status")))
              .toList();
    }
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ProblemCode.values())
                .map(code -> line(code.code(), "" + code.exitCode(), "" + code.status()))
                .toList());
  }

  @Test
  void every_exit_code_is_one_of_the_contract_and_every_status_an_error() {
    assertThat(ProblemCode.values())
        .allSatisfy(
            code -> {
              assertThat(code.exitCode()).as(code.code()).isIn(EXIT_CODES);
              assertThat(code.status()).as(code.code()).isBetween(400, 599);
            });
  }

  @Test
  void of_several_the_first_in_the_contract_s_order_decides() {
    assertThat(
            ProblemCode.weightiest(
                List.of("approval-needed", "slot-busy", "not-newer", "unknown-version")))
        .isEqualTo(ProblemCode.UNKNOWN_VERSION);
    assertThat(ProblemCode.weightiest(List.of("unknown-version", "not-authorised")))
        .isEqualTo(ProblemCode.NOT_AUTHORISED);
    assertThat(ProblemCode.weightiest(List.of("gate-failed", "approval-needed")))
        .isEqualTo(ProblemCode.APPROVAL_NEEDED);
  }

  @Test
  void a_word_of_a_later_version_counts_as_unexpected() {
    assertThat(ProblemCode.of("solar-flare")).isEmpty();
    assertThat(ProblemCode.weightiest(List.of("solar-flare"))).isEqualTo(ProblemCode.UNEXPECTED);
  }

  private static String line(String code, String exitCode, String status) {
    return "%s, exit %s, HTTP %s".formatted(code, exitCode, status);
  }
}
