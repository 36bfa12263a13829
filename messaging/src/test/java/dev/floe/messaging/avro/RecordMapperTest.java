package dev.floe.messaging.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecordMapperTest {

  enum Colour {
    RED,
    GREEN
  }

  record Point(int x, int y) {}

  record Name(String text) {
    Name {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("a name has letters");
      }
    }
  }

  sealed interface Thing {
    @SuppressWarnings("ArrayRecordComponent") // bytes are one of the kinds that must survive
    record Everything(
        String text,
        long big,
        int small,
        double real,
        boolean flag,
        Instant at,
        Duration length,
        Colour colour,
        Name name,
        Digest digest,
        Version version,
        @Nullable String maybe,
        Optional<Instant> when,
        List<Point> points,
        Set<String> words,
        Map<String, String> labels,
        @Nullable Point nested,
        byte[] raw)
        implements Thing {}

    record Nothing() implements Thing {}
  }

  private static final String EVERYTHING =
      """
      {"type":"record","name":"Everything","namespace":"t.v1","fields":[
        {"name":"text","type":"string"},{"name":"big","type":"long"},{"name":"small","type":"int"},
        {"name":"real","type":"double"},{"name":"flag","type":"boolean"},
        {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
        {"name":"length","type":"string"},
        {"name":"colour","type":{"type":"enum","name":"Colour","symbols":["RED","GREEN"]}},
        {"name":"name","type":"string"},{"name":"digest","type":"string"},
        {"name":"version","type":"string"},
        {"name":"maybe","type":["null","string"],"default":null},
        {"name":"when","type":["null",{"type":"long","logicalType":"timestamp-micros"}]},
        {"name":"points","type":{"type":"array","items":
          {"type":"record","name":"Point","fields":[
            {"name":"x","type":"int"},{"name":"y","type":"int"}]}}},
        {"name":"words","type":{"type":"array","items":"string"}},
        {"name":"labels","type":{"type":"map","values":"string"}},
        {"name":"nested","type":["null","Point"],"default":null},
        {"name":"raw","type":"bytes"}]}
      """;

  private static final String NOTHING =
      """
      {"type":"record","name":"Nothing","namespace":"t.v1","fields":[]}
      """;

  private static Schema schema(String json) {
    return new Schema.Parser().parse(json);
  }

  private static RecordMapper<Thing> mapper() {
    return RecordMapper.of(
        Thing.class,
        List.of(schema(EVERYTHING), schema(NOTHING)),
        Scalar.of(Digest.class, Digest::parse),
        Scalar.of(Version.class, Version::parse));
  }

  private static Thing.Everything everything(@Nullable String maybe, Optional<Instant> when) {
    return new Thing.Everything(
        "text",
        1L << 40,
        7,
        0.5,
        true,
        Instant.parse("2026-11-25T12:00:00.000001Z"),
        Duration.ofMinutes(5),
        Colour.GREEN,
        new Name("ada"),
        Digest.parse("sha256:" + "a".repeat(64)),
        Version.parse("v1.2.3-rc1"),
        maybe,
        when,
        List.of(new Point(1, 2), new Point(3, 4)),
        Set.of("b", "a"),
        Map.of("k", "v"),
        maybe == null ? null : new Point(5, 6),
        new byte[] {1, 2});
  }

  @Test
  void every_kind_of_component_survives_the_journey() throws Exception {
    var wire = new AvroWire(new InMemorySchemaRegistry());
    for (Thing.Everything thing :
        List.of(
            everything(null, Optional.empty()),
            everything("there", Optional.of(Instant.parse("2027-01-01T00:00:00Z"))))) {
      byte[] bytes = wire.encode("topic", mapper().write(thing));

      Thing read = mapper().read(wire.decode(bytes).record());

      assertThat(read).usingRecursiveComparison().isEqualTo(thing);
    }
  }

  @Test
  void a_type_without_components_is_a_record_without_fields() throws Exception {
    assertThat(mapper().read(mapper().write(new Thing.Nothing()))).isEqualTo(new Thing.Nothing());
  }

  @Test
  void equal_values_have_equal_bytes() {
    var wire = new AvroWire(new InMemorySchemaRegistry());
    record Words(Set<String> words) {}
    var words =
        RecordMapper.of(
            Words.class,
            List.of(
                schema(
                    """
                    {"type":"record","name":"Words","fields":[
                      {"name":"words","type":{"type":"array","items":"string"}}]}
                    """)));

    assertThat(wire.encode("t", words.write(new Words(Set.of("a", "b", "c", "d")))))
        .isEqualTo(
            wire.encode(
                "t",
                words.write(
                    new Words(new java.util.LinkedHashSet<>(List.of("d", "c", "b", "a"))))));
  }

  @Test
  void a_value_that_its_type_refuses_makes_the_record_unreadable() {
    IndexedRecord record = mapper().write(everything(null, Optional.empty()));
    record.put(record.getSchema().getField("name").pos(), "");

    assertThatThrownBy(() -> mapper().read(record))
        .isInstanceOf(RecordMapper.Unmapped.class)
        .hasMessage("t.v1.Everything cannot be read: a name has letters");
  }

  @Test
  void the_suites_own_records_have_generated_schemas() {
    RecordMapper<Applied> mapper = RecordMapper.of(Applied.class, "dev.floe.config.v1");

    assertThat(mapper.schemas())
        .extracting(Schema::getFullName)
        .containsExactly("dev.floe.config.v1.ManifestApplied");
    assertThat(mapper.knows("dev.floe.config.v1.ManifestApplied")).isTrue();
  }

  /** The same components as the generated class. */
  sealed interface Applied {
    record ManifestApplied(int revision, String sha256, String manifest) implements Applied {}
  }

  @Nested
  class A_difference_is_named_at_construction {

    record Lone(String a, @Nullable String b) {}

    @Test
    void a_component_without_field() {
      assertMismatch(
          """
          {"type":"record","name":"Lone","fields":[{"name":"a","type":"string"}]}
          """,
          "Lone.b has no field in Lone, which has [a]");
    }

    @Test
    void a_field_without_component() {
      assertMismatch(
          """
          {"type":"record","name":"Lone","fields":[{"name":"a","type":"string"},
            {"name":"b","type":["null","string"]},{"name":"c","type":"int"}]}
          """,
          "the field 'c' of Lone is no component of");
    }

    @Test
    void a_null_that_only_the_schema_allows() {
      assertMismatch(
          """
          {"type":"record","name":"Lone","fields":[{"name":"a","type":["null","string"]},
            {"name":"b","type":["null","string"]}]}
          """,
          "Lone.a may be null in the schema: make it @Nullable or Optional");
    }

    @Test
    void a_null_that_only_java_allows() {
      assertMismatch(
          """
          {"type":"record","name":"Lone","fields":[{"name":"a","type":"string"},
            {"name":"b","type":"string"}]}
          """,
          "Lone.b may be null in Java");
    }

    @Test
    void another_type() {
      assertMismatch(
          """
          {"type":"record","name":"Lone","fields":[{"name":"a","type":"long"},
            {"name":"b","type":["null","string"]}]}
          """,
          "Lone.a is a java.lang.String in Java, which \"long\" cannot hold");
    }

    @Test
    void a_missing_schema() {
      assertThatThrownBy(() -> RecordMapper.of(Lone.class, "dev.floe.nowhere.v1"))
          .isInstanceOf(Mismatch.class)
          .hasMessageContaining("no class dev.floe.nowhere.v1.Lone was generated; add Lone.avsc");
    }

    private void assertMismatch(String json, String message) {
      assertThatThrownBy(() -> RecordMapper.of(Lone.class, List.of(schema(json))))
          .isInstanceOf(Mismatch.class)
          .hasMessageContaining(message);
    }
  }
}
