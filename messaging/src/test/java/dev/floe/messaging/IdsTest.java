package dev.floe.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdsTest {

  @Test
  void random_ids_are_version_7_and_in_the_order_they_were_made() {
    List<String> ids = IntStream.range(0, 1_000).mapToObj(_ -> Ids.random()).toList();

    assertThat(ids).isSorted().doesNotHaveDuplicates();
    assertThat(UUID.fromString(ids.getFirst()).version()).isEqualTo(7);
  }

  @Test
  void derived_ids_are_version_5_and_always_the_same() {
    String cause = "0199e3c0-0000-7000-8000-000000000001";

    assertThat(Ids.derived(cause, "record-validation"))
        .isEqualTo("670f7e4d-877d-504d-9845-41c9c2f599a1")
        .isNotEqualTo(Ids.derived(cause, "record-copy"));
    assertThat(UUID.fromString(Ids.derived("no uuid", "x")).version()).isEqualTo(5);
  }

  @Test
  void a_trace_begins_in_w3c_form() {
    assertThat(TraceParent.fresh()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
  }

  @Test
  void a_keys_partition_is_javas_default() {
    assertThat(KeyPartition.of("floe-platform", 12))
        .isEqualTo(
            org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(
                "floe-platform".getBytes(java.nio.charset.StandardCharsets.UTF_8), 12));
  }
}
