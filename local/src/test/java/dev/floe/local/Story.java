package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.floe.messaging.Envelope;
import dev.floe.messaging.KafkaConnection;
import dev.floe.schemas.Topic;
import dev.floe.schemas.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Everything that the log holds about one artifact. */
record Story(List<Told> told) {

  /** What may be begun more than once: whoever takes the work over begins it anew. */
  private static final Set<String> ATTEMPTS =
      Set.of("GateStarted", "ReplicationStarted", "TagAssignmentStarted");

  /** One event. */
  record Told(String topic, String type, long sequence, long timestamp) {}

  static Story of(Path data, String artifact) {
    var kafka = KafkaConnection.plain(FloeJson.read(data, "kafka").orElseThrow());
    List<Told> told = new ArrayList<>();
    for (Topic topic : Topics.events()) {
      for (ConsumerRecord<byte[], byte[]> record :
          Log.read(kafka, topic.name(), Infrastructure.PARTITIONS)) {
        if (new String(record.key(), UTF_8).equals(artifact)) {
          told.add(told(record));
        }
      }
    }
    told.sort(Comparator.comparingLong(Told::timestamp));
    return new Story(told);
  }

  private static Told told(ConsumerRecord<byte[], byte[]> record) {
    String type = Envelope.text(record.headers(), Envelope.TYPE).orElse("");
    String sequence = Envelope.text(record.headers(), Envelope.SEQUENCE).orElse("-1");
    return new Told(
        record.topic(),
        type.substring(type.lastIndexOf('.') + 1),
        Long.parseLong(sequence),
        record.timestamp());
  }

  /** How often each thing happened, beginnings aside. */
  Map<String, Integer> effects() {
    Map<String, Integer> counts = new TreeMap<>();
    told.stream()
        .map(Told::type)
        .filter(type -> !ATTEMPTS.contains(type))
        .forEach(type -> counts.merge(type, 1, Integer::sum));
    return counts;
  }

  /** The numbers of each topic's events, in the log's order. */
  Map<String, List<Long>> sequences() {
    Map<String, List<Long>> sequences = new HashMap<>();
    told.forEach(
        one -> sequences.computeIfAbsent(one.topic(), _ -> new ArrayList<>()).add(one.sequence()));
    return sequences;
  }
}
