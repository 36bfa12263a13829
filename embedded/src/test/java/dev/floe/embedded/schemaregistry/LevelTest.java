package dev.floe.embedded.schemaregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What each level lets pass as a subject's next schema. */
class LevelTest {
  private static final Schema ONE = record("");
  private static final Schema TWO_WITH_DEFAULT =
      record(",{'name':'b','type':['null','string'],'default':null}");
  private static final Schema TWO_WITH_STRING_DEFAULT =
      record(",{'name':'b','type':'string','default':''}");
  private static final Schema TWO = record(",{'name':'b','type':'string'}");

  @Test
  void a_field_with_a_default_comes_and_goes_at_every_level() {
    assertThat(passing(TWO_WITH_DEFAULT, ONE)).containsExactly(Level.values());
    assertThat(passing(ONE, TWO_WITH_DEFAULT)).containsExactly(Level.values());
  }

  @Test
  void a_field_without_a_default_cannot_come_where_the_new_must_read_the_old() {
    assertThat(passing(TWO, ONE))
        .containsExactly(Level.NONE, Level.FORWARD, Level.FORWARD_TRANSITIVE);
  }

  @Test
  void a_field_without_a_default_cannot_go_where_the_old_must_read_the_new() {
    assertThat(passing(ONE, TWO))
        .containsExactly(Level.NONE, Level.BACKWARD, Level.BACKWARD_TRANSITIVE);
  }

  @Test
  void only_transitive_levels_look_behind_the_latest() {
    // The default of the one in between bridges each step, but not both at once.
    assertThat(passing(TWO, ONE, TWO_WITH_STRING_DEFAULT))
        .containsExactly(
            Level.NONE, Level.BACKWARD, Level.FORWARD, Level.FORWARD_TRANSITIVE, Level.FULL);
  }

  @Test
  void an_enum_gets_new_symbols_only_where_its_default_stands_in_for_them() {
    Schema closed = enumOf("'A','B'", "");
    Schema open = enumOf("'A','B'", ",'default':'A'");
    assertThat(passing(enumOf("'A','B','C'", ""), closed))
        .containsExactly(Level.NONE, Level.BACKWARD, Level.BACKWARD_TRANSITIVE);
    assertThat(passing(enumOf("'A','B','C'", ",'default':'A'"), open))
        .containsExactly(Level.values());
  }

  @Test
  void another_type_passes_nowhere_but_without_rules() {
    assertThat(passing(Registered.parse("\"string\""), ONE)).containsExactly(Level.NONE);
  }

  @Test
  void an_objection_names_the_place() {
    assertThat(Level.FULL.objections(TWO, List.of(ONE)))
        .singleElement()
        .asString()
        .contains("READER_FIELD_MISSING_DEFAULT_VALUE", "/fields/1");
  }

  @Test
  void a_level_is_named_in_any_case() {
    assertThat(Level.of("full_Transitive")).isEqualTo(Level.FULL_TRANSITIVE);
    assertThatThrownBy(() -> Level.of("SOME"))
        .isInstanceOfSatisfying(
            RegistryRefusal.class, refusal -> assertThat(refusal.code()).isEqualTo(42203));
  }

  private static List<Level> passing(Schema fresh, Schema... earlier) {
    return Stream.of(Level.values())
        .filter(level -> level.objections(fresh, List.of(earlier)).isEmpty())
        .toList();
  }

  private static Schema record(String more) {
    return Registered.parse(
        "{'type':'record','name':'R','fields':[{'name':'a','type':'int'}%s]}"
            .formatted(more)
            .replace('\'', '"'));
  }

  private static Schema enumOf(String symbols, String more) {
    return Registered.parse(
        "{'type':'enum','name':'E','symbols':[%s]%s}".formatted(symbols, more).replace('\'', '"'));
  }
}
