package dev.floe.messaging.journal;

import dev.floe.kernel.Recorded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What one transaction writes: events, answers, dead letters; and what follows once it holds. */
final class Batch<E> {

  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final List<Recorded<E>> facts = new ArrayList<>();
  private final Map<Integer, Recorded<E>> firsts = new HashMap<>();
  private final Set<String> foldedAgain = new HashSet<>();
  private int handled;

  /** One event of a decision. */
  void event(ProducerRecord<byte[], byte[]> record, Recorded<E> fact, boolean firstOfItsCommand) {
    if (firstOfItsCommand) {
      firsts.put(records.size(), fact);
    }
    records.add(record);
    facts.add(fact);
  }

  /** An answer or a dead letter. */
  void add(ProducerRecord<byte[], byte[]> record) {
    records.add(record);
  }

  /** A subject whose state is another although nothing happened to it. */
  void foldedAgain(String subject) {
    foldedAgain.add(subject);
  }

  Set<String> foldedAgain() {
    return foldedAgain;
  }

  void handledOne() {
    handled++;
  }

  int handled() {
    return handled;
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  List<ProducerRecord<byte[], byte[]>> records() {
    return records;
  }

  List<Recorded<E>> facts() {
    return facts;
  }

  /** The first event of each command, by its place among the records. */
  Map<Integer, Recorded<E>> firsts() {
    return firsts;
  }
}
