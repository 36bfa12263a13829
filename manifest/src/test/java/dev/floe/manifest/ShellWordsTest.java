package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Requirement({"328.1", "328.2"})
class ShellWordsTest {

  @Test
  void blanks_separate_words() {
    assertThat(ShellWords.split("  make\ttest \n now ")).containsExactly("make", "test", "now");
  }

  @Test
  void quotes_keep_blanks_together_and_empty_ones_are_a_word() {
    assertThat(ShellWords.split("a 'b c' \"d e\" '' \"\" f'g'\"h\""))
        .containsExactly("a", "b c", "d e", "", "", "fgh");
  }

  @Test
  void a_backslash_takes_the_next_character_as_it_is() {
    assertThat(ShellWords.split("a\\ b \\' \\\\ x\\\ny")).containsExactly("a b", "'", "\\", "xy");
  }

  @Test
  void in_double_quotes_a_backslash_escapes_only_what_is_special_there() {
    assertThat(ShellWords.split("\"\\$ \\` \\\" \\\\ \\n x\\\ny\""))
        .containsExactly("$ ` \" \\ \\n xy");
  }

  @Test
  void nothing_is_expanded() {
    assertThat(ShellWords.split("echo $HOME * ~ `id` $(id) | # <artifact>"))
        .containsExactly("echo", "$HOME", "*", "~", "`id`", "$(id)", "|", "#", "<artifact>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '%',
      value = {
        "a 'b c       | 3 | single quote is never closed",
        "a \"b c      | 3 | double quote is never closed",
        "ab\\         | 3 | nothing follows this backslash",
      })
  void an_open_end_is_an_error_with_its_place(String text, int position, String why) {
    assertThatThrownBy(() -> ShellWords.split(text))
        .isInstanceOfSatisfying(
            InvalidWord.class, e -> assertThat(e.position()).isEqualTo(position))
        .hasMessageContaining(why);
  }

  @Test
  void a_real_shell_splits_random_commands_alike() throws Exception {
    Random random = new Random(328);
    int compared = 0;
    List<String> commands = new ArrayList<>();
    List<List<String>> ours = new ArrayList<>();
    while (compared < 200) {
      String command = random(random);
      try {
        ours.add(ShellWords.split(command));
        commands.add(command);
        compared++;
      } catch (InvalidWord _) {
        // A shell would wait for the rest; nothing to compare.
      }
    }

    assertThat(bySh(commands)).isEqualTo(ours);
  }

  private static String random(Random random) {
    String alphabet = "ab '\"\\\t";
    StringBuilder text = new StringBuilder("x");
    for (int i = random.nextInt(14); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /** Lets sh print each command's words, one a line, a dash line after each command. */
  private static List<List<String>> bySh(List<String> commands) throws IOException {
    StringBuilder script = new StringBuilder();
    commands.forEach(c -> script.append("printf '[%s]\\n' ").append(c).append("\necho -\n"));
    Process sh = new ProcessBuilder("sh").redirectErrorStream(true).start();
    Thread.ofVirtual()
        .start(
            () -> {
              try (var in = sh.outputWriter(StandardCharsets.UTF_8)) {
                in.write(script.toString());
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    List<List<String>> all = new ArrayList<>();
    List<String> words = new ArrayList<>();
    try (var out = sh.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals("-")) {
          all.add(List.copyOf(words));
          words.clear();
        } else {
          words.add(line.substring(1, line.length() - 1));
        }
      }
    }
    return all;
  }
}
