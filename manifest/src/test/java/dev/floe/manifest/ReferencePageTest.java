package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@Requirement("D.3")
class ReferencePageTest {

  private static final Pattern HEADING = Pattern.compile("^## .*?(`(?<place>[^`]*)`)?$");
  private static final Pattern ROW = Pattern.compile("^\\| `(?<key>[^`]+)` \\|.*");

  private static List<String> page() throws IOException {
    return Files.readAllLines(Path.of("../docs/manifest.md"));
  }

  /** section → its documented keys, as the page's headings and tables say. */
  private static Map<String, List<String>> documented() throws IOException {
    Map<String, List<String>> sections = new java.util.LinkedHashMap<>();
    String place = "";
    for (String line : page()) {
      Matcher heading = HEADING.matcher(line);
      Matcher row = ROW.matcher(line);
      if (heading.matches()) {
        place = heading.group("place") == null ? "" : heading.group("place");
      } else if (row.matches()) {
        sections.computeIfAbsent(place, _ -> new ArrayList<>()).add(row.group("key"));
      }
    }
    return sections;
  }

  @Test
  void every_known_key_has_a_row_in_its_section_and_every_row_is_a_known_key() throws IOException {
    Map<String, List<String>> known =
        Stream.of(Keys.values())
            .filter(keys -> !keys.known().isEmpty())
            .collect(Collectors.toMap(Keys::place, Keys::known));

    Map<String, List<String>> documented = documented();

    assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(known.keySet());
    known.forEach(
        (place, keys) ->
            assertThat(documented.get(place)).as(place).containsExactlyInAnyOrderElementsOf(keys));
  }

  @Test
  void every_yaml_example_of_the_page_is_valid() throws IOException {
    String text = String.join("\n", page());
    Matcher block = Pattern.compile("```yaml\n(.*?)\n```", Pattern.DOTALL).matcher(text);
    int blocks = 0;
    while (block.find()) {
      blocks++;
      assertThat(ManifestParser.parse(block.group(1), "example " + blocks).errors()).isEmpty();
    }
    assertThat(blocks).isGreaterThan(5);
  }
}
