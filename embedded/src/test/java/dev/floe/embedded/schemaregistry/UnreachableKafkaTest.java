package dev.floe.embedded.schemaregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.embedded.kafka.KafkaBroker;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry whose Kafka goes away and comes back. */
class UnreachableKafkaTest {
  @TempDir Path folder;

  @Test
  void what_could_not_be_written_is_refused_and_later_numbered_without_a_gap_or_a_clash() {
    KafkaBroker broker = KafkaBroker.start(KafkaBroker.Settings.in(folder));
    Map<String, Object> impatient = new HashMap<>(broker.servicesConfig());
    impatient.put("request.timeout.ms", 1000);
    impatient.put("delivery.timeout.ms", 1500);
    impatient.put("max.block.ms", 1500);
    try (var registry = SchemaRegistryServer.start(impatient, Writers.knowing("token"))) {
      int one = registry.register("subject", "\"int\"");
      broker.close();
      assertThatThrownBy(() -> registry.register("other", "\"long\""))
          .isInstanceOfSatisfying(
              RegistryRefusal.class, refusal -> assertThat(refusal.code()).isEqualTo(50001));
      assertThat(registry.schemaById(one)).isEqualTo("\"int\"");

      broker = KafkaBroker.start(KafkaBroker.Settings.in(folder));
      int two = registry.register("other", "\"long\"");
      assertThat(two).isEqualTo(one + 1);
      assertThat(registry.register("subject", "\"int\"")).isEqualTo(one);
    } finally {
      broker.close();
    }
  }
}
