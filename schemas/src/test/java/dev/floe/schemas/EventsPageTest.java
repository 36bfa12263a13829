package dev.floe.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;
import org.junit.jupiter.api.Test;

/** Holds docs/events.md against the schemas, to the letter. */
@Requirement("D.3")
class EventsPageTest {

  private static final List<Schema> ALL = Schemas.current();
  private static final Map<String, String> PAGE = sections(Schemas.page("events.md"));

  @Test
  void the_page_has_every_record_and_word_and_nothing_else() {
    assertThat(PAGE.keySet())
        .containsExactlyInAnyOrderElementsOf(ALL.stream().map(EventsPageTest::place).toList());
  }

  @Test
  void the_page_says_of_each_what_its_schema_says() {
    List<String> differences =
        ALL.stream()
            .filter(schema -> !text(schema).equals(PAGE.get(place(schema))))
            .map(schema -> "### %s should be%n%s".formatted(schema.getName(), text(schema)))
            .toList();
    assertThat(differences).isEmpty();
  }

  /** Parts and words stand once, whoever uses them; records under their topic's namespace. */
  private static String place(Schema schema) {
    return PAGE.containsKey(schema.getFullName()) ? schema.getFullName() : schema.getName();
  }

  private static Map<String, String> sections(List<String> lines) {
    Map<String, List<String>> sections = new TreeMap<>();
    String namespace = "";
    List<String> section = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("## ")) {
        namespace = "";
        section = new ArrayList<>();
      } else if (line.startsWith("Namespace `")) {
        namespace = line.substring("Namespace `".length(), line.length() - 2) + '.';
      } else if (line.startsWith("### ")) {
        section = new ArrayList<>();
        String name = namespace + line.substring(4);
        assertThat(sections.put(name, section)).as("%s stands twice", name).isNull();
      } else if (!line.isBlank()) {
        section.add(line);
      }
    }
    Map<String, String> texts = new TreeMap<>();
    sections.forEach((name, text) -> texts.put(name, String.join("\n", text)));
    return texts;
  }

  private static String text(Schema schema) {
    return switch (schema.getType()) {
      case ENUM ->
          "%s %s; an unknown word reads as `%s`."
              .formatted(
                  schema.getDoc(),
                  schema.getEnumSymbols().stream()
                      .map("`%s`"::formatted)
                      .collect(Collectors.joining(", ")),
                  schema.getEnumDefault());
      case RECORD -> schema.getDoc() + table(schema.getFields());
      default -> throw new IllegalStateException("neither record nor enum: " + schema);
    };
  }

  private static String table(List<Schema.Field> fields) {
    if (fields.isEmpty()) {
      return "";
    }
    return fields.stream()
        .map(
            field ->
                "| `%s` | %s | %s |".formatted(field.name(), type(field.schema()), field.doc()))
        .collect(Collectors.joining("\n", "\n| field | type | meaning |\n|---|---|---|\n", ""));
  }

  private static String type(Schema schema) {
    LogicalType logical = schema.getLogicalType();
    if (logical != null) {
      return logical.getName();
    }
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> schema.getName();
      case ARRAY -> "list of " + type(schema.getElementType());
      case MAP -> "map of " + type(schema.getValueType());
      case UNION ->
          schema.getTypes().stream()
              .filter(part -> part.getType() != Type.NULL)
              .map(EventsPageTest::type)
              .collect(Collectors.joining(" or ", "", " or null"));
      case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> schema.getType().getName();
    };
  }
}
