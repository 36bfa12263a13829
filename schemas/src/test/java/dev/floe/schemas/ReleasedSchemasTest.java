package dev.floe.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasedSchemasTest {

  @Test
  void every_schema_and_all_its_released_versions_read_each_other() {
    List<Schema> current = Schemas.current();
    assertThat(Schemas.releases())
        .allSatisfy(
            release -> {
              List<Schema> released = Schemas.in(release);
              assertThat(released).as(release.toString()).isNotEmpty();
              assertThat(Compatibility.broken(current, released)).as(release.toString()).isEmpty();
            });
  }

  @Nested
  class The_check {

    private static final Schema RELEASED =
        SchemaBuilder.record("dev.floe.sample.v1.Arrived")
            .fields()
            .requiredString("artifact")
            .endRecord();

    @Test
    void accepts_what_did_not_change() {
      assertThat(broken(RELEASED)).isEmpty();
    }

    @Test
    void accepts_a_field_with_a_default() {
      assertThat(
              broken(
                  SchemaBuilder.record("dev.floe.sample.v1.Arrived")
                      .fields()
                      .requiredString("artifact")
                      .optionalString("registry")
                      .endRecord()))
          .isEmpty();
    }

    @Test
    void refuses_a_field_without_one() {
      assertThat(
              broken(
                  SchemaBuilder.record("dev.floe.sample.v1.Arrived")
                      .fields()
                      .requiredString("artifact")
                      .requiredString("registry")
                      .endRecord()))
          .singleElement()
          .asString()
          .startsWith("dev.floe.sample.v1.Arrived and its released version do not read each other");
    }

    @Test
    void refuses_to_lose_a_field_that_has_no_default() {
      assertThat(broken(SchemaBuilder.record("dev.floe.sample.v1.Arrived").fields().endRecord()))
          .hasSize(1);
    }

    @Test
    void refuses_another_type() {
      assertThat(
              broken(
                  SchemaBuilder.record("dev.floe.sample.v1.Arrived")
                      .fields()
                      .requiredLong("artifact")
                      .endRecord()))
          .hasSize(1);
    }

    @Test
    void refuses_to_lose_a_record() {
      assertThat(
              broken(
                  SchemaBuilder.record("dev.floe.sample.v1.Left")
                      .fields()
                      .requiredString("artifact")
                      .endRecord()))
          .containsExactly("dev.floe.sample.v1.Arrived was released and is gone");
    }

    @Test
    void reads_a_release_whose_files_refer_to_each_other_in_any_order(@TempDir Path release)
        throws IOException {
      Files.writeString(
          release.resolve("A.avsc"),
          """
          {"type": "record", "name": "A", "namespace": "dev.floe.sample.v1",
           "fields": [{"name": "b", "type": "dev.floe.sample.v1.B"}]}
          """);
      Files.writeString(
          release.resolve("B.avsc"),
          """
          {"type": "enum", "name": "B", "namespace": "dev.floe.sample.v1", "symbols": ["X"]}
          """);
      assertThat(Schemas.in(release))
          .extracting(Schema::getName)
          .containsExactlyInAnyOrder("A", "B");
    }

    private List<String> broken(Schema current) {
      return Compatibility.broken(List.of(current), List.of(RELEASED));
    }
  }
}
