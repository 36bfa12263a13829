package dev.floe.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Prints which test shows which requirement to be met, and misses none that is served. */
@Requirement("D.1")
class RequirementTableTest {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path TABLE = Path.of("target", "requirements.md");

  private static final Pattern LINE =
      Pattern.compile("(?<id>(?:\\d{3}|D)\\.\\d+) +(?<state>served|later) +(?<text>.+)");
  private static final Pattern NAMED =
      Pattern.compile(
          "@Requirement\\(\\s*(?<ids>\\{[^}]*}|\"[^\"]*\")\\s*\\)"
              + "|\\b(?:class|interface|void|Dynamic\\w+>) +(?<name>\\w+)");
  private static final Pattern ID = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern SERVES = Pattern.compile("(?m)^Serves (?<ids>[^\n]+)\\.$");

  private record Required(String id, boolean served, String text) {}

  private static final List<Required> ALL = catalogue();
  private static final Map<String, List<String>> SHOWN = shown();

  @Test
  void every_requirement_that_is_served_has_a_test() throws IOException {
    String table =
        ALL.stream()
            .map(
                required ->
                    "| %s | %s | %s |"
                        .formatted(
                            required.id(),
                            required.text().replace("|", "\\|"),
                            String.join(", ", SHOWN.getOrDefault(required.id(), List.of("–")))))
            .collect(
                Collectors.joining("\n", "| id | requirement | shown by |\n|---|---|---|\n", "\n"));
    Files.createDirectories(TABLE.toAbsolutePath().getParent());
    Files.writeString(TABLE, table);
    System.out.println(table);

    assertThat(ALL).filteredOn(Required::served).hasSizeGreaterThan(30);
    assertThat(ALL)
        .filteredOn(required -> required.served() && !SHOWN.containsKey(required.id()))
        .as("served, and shown by no test")
        .isEmpty();
  }

  @Test
  void tests_name_only_requirements_that_exist() {
    assertThat(SHOWN.keySet()).isSubsetOf(ALL.stream().map(Required::id).toList());
  }

  @Test
  void every_decision_on_record_names_the_requirements_it_serves() throws IOException {
    List<String> known = ALL.stream().map(Required::id).toList();
    try (Stream<Path> pages = Files.list(PROJECT.resolve("docs/adr"))) {
      assertThat(pages.toList())
          .isNotEmpty()
          .allSatisfy(
              page -> {
                Matcher serves = SERVES.matcher(Files.readString(page));
                assertThat(serves.find()).as("'Serves …' in %s", page).isTrue();
                assertThat(known).contains(serves.group("ids").split(", "));
              });
    }
  }

  private static List<Required> catalogue() {
    return lines(Path.of("src/test/resources/requirements.txt"))
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(
            line ->
                new Required(
                    line.group("id"), line.group("state").equals("served"), line.group("text")))
        .toList();
  }

  /** Read from the sources of all modules, for not all of them are on one class path. */
  private static Map<String, List<String>> shown() {
    Map<String, List<String>> shown = new TreeMap<>();
    try (Stream<Path> modules = Files.list(PROJECT)) {
      modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .sorted()
          .flatMap(RequirementTableTest::sources)
          .forEach(source -> read(source, shown));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return shown;
  }

  private static void read(Path source, Map<String, List<String>> shown) {
    String file = source.getFileName().toString().replace(".java", "");
    List<String> pending = new ArrayList<>();
    Matcher found = NAMED.matcher(lines(source).collect(Collectors.joining("\n")));
    while (found.find()) {
      if (found.group("ids") != null) {
        ID.matcher(found.group("ids")).results().forEach(id -> pending.add(id.group(1)));
      } else if (!pending.isEmpty()) {
        String name = found.group("name");
        String test = name.equals(file) ? file : file + '.' + name;
        pending.forEach(id -> shown.computeIfAbsent(id, _ -> new ArrayList<>()).add(test));
        pending.clear();
      }
    }
  }

  private static Stream<Path> sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
