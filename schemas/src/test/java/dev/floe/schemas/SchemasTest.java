package dev.floe.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Type;
import org.junit.jupiter.api.Test;

class SchemasTest {

  private static final List<Schema> ALL = Schemas.current();

  @Test
  void every_record_every_enum_and_every_field_says_what_it_is() {
    assertThat(ALL).hasSizeGreaterThan(50);
    assertThat(ALL)
        .allSatisfy(
            schema ->
                assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank().endsWith("."));
    assertThat(ALL)
        .filteredOn(schema -> schema.getType() == Type.RECORD)
        .allSatisfy(
            schema ->
                assertThat(schema.getFields())
                    .allSatisfy(
                        field ->
                            assertThat(field.doc())
                                .as(schema.getFullName() + '.' + field.name())
                                .isNotBlank()
                                .endsWith(".")));
  }

  @Test
  void every_enum_has_a_symbol_for_the_words_of_later_versions() {
    assertThat(ALL)
        .filteredOn(schema -> schema.getType() == Type.ENUM)
        .isNotEmpty()
        .allSatisfy(
            schema -> assertThat(schema.getEnumDefault()).as(schema.getFullName()).isNotNull());
  }

  @Test
  void a_field_that_may_be_null_is_null_unless_it_is_given() {
    assertThat(ALL)
        .filteredOn(schema -> schema.getType() == Type.RECORD)
        .flatExtracting(Schema::getFields)
        .filteredOn(field -> field.schema().isNullable())
        .isNotEmpty()
        .allSatisfy(field -> assertThat(field.defaultVal()).isEqualTo(JsonProperties.NULL_VALUE));
  }

  @Test
  void names_stand_in_the_namespace_of_their_topic() {
    assertThat(ALL)
        .extracting(Schema::getNamespace)
        .containsOnly(
            "dev.floe.promotion.v1",
            "dev.floe.approval.v1",
            "dev.floe.gate.v1",
            "dev.floe.registry.v1",
            "dev.floe.config.v1",
            "dev.floe.replies.v1",
            "dev.floe.status.v1");
  }

  @Test
  void every_schema_has_its_generated_class() {
    assertThat(ALL)
        .allSatisfy(
            schema -> {
              Class<?> generated = Class.forName(schema.getFullName());
              Object embedded = Objects.requireNonNull(generated.getField("SCHEMA$").get(null));
              assertThat(((Schema) embedded).getFullName()).isEqualTo(schema.getFullName());
            });
  }
}
