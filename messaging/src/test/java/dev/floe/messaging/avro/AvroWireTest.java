package dev.floe.messaging.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.config.v1.ManifestApplied;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

class AvroWireTest {

  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final AvroWire wire = new AvroWire(registry);

  @Test
  void a_value_is_a_zero_byte_the_schemas_id_and_the_record() {
    byte[] bytes = wire.encode("floe.config.events", new ManifestApplied(1, "s", "m"));

    int id =
        registry.idOf(
            "floe.config.events-dev.floe.config.v1.ManifestApplied",
            ManifestApplied.getClassSchema());
    assertThat(bytes).containsExactly(0, 0, 0, 0, id, 2, 2, 's', 2, 'm');
  }

  @Test
  void a_record_with_a_generated_class_is_read_into_it() throws Undecodable {
    byte[] bytes = wire.encode("floe.config.events", new ManifestApplied(1, "s", "m"));

    assertThat(wire.decode(bytes).record()).isEqualTo(new ManifestApplied(1, "s", "m"));
  }

  @Test
  void a_record_of_an_older_schema_is_read_with_todays_defaults() throws Undecodable {
    Schema older =
        SchemaBuilder.record("CancelPromotion")
            .namespace("dev.floe.elsewhere.v1")
            .fields()
            .requiredString("promotion")
            .endRecord();
    var record = new GenericData.Record(older);
    record.put("promotion", "req-1");

    AvroWire.Decoded decoded = wire.decode(wire.encode("t", record));

    assertThat(decoded.writer()).isEqualTo(older);
    assertThat(decoded.record().get(0)).hasToString("req-1");
  }

  @Test
  void all_schemas_can_be_registered_before_the_first_record() {
    wire.register("t", List.of(ManifestApplied.getClassSchema()));

    assertThat(
            registry.idOf("t-dev.floe.config.v1.ManifestApplied", ManifestApplied.getClassSchema()))
        .isPositive();
  }

  @Test
  void what_is_no_record_is_undecodable() {
    byte[] good = wire.encode("t", new ManifestApplied(1, "s", "m"));
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    byte[] magic = good.clone();
    magic[0] = 1;
    byte[] unknown = good.clone();
    unknown[1] = 1;
    byte[] endless = new byte[] {0, 0, 0, 0, good[4], 2, -2, -1, -1, -1, 15};

    for (byte[] bad : List.of(new byte[0], magic, unknown, longer, endless)) {
      assertThatThrownBy(() -> wire.decode(bad)).isInstanceOf(Undecodable.class);
    }
    assertThatThrownBy(() -> wire.decode(null))
        .isInstanceOf(Undecodable.class)
        .hasMessageContaining("found no value");
  }
}
