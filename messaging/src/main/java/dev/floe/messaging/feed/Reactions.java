package dev.floe.messaging.feed;

import dev.floe.messaging.Bus;
import dev.floe.messaging.CommandSigner;
import dev.floe.messaging.LogReader;
import dev.floe.messaging.Patience;
import dev.floe.messaging.Unavailable;
import dev.floe.messaging.journal.CommandCodec;
import dev.floe.messaging.journal.JournalPlace;
import dev.floe.promotion.v1.ResumeArtifact;
import dev.floe.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns other services' events into commands to the own service, each once: the commands and the
 * place of the events are committed together, and a command's id follows from its event's.
 */
public final class Reactions<C> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Reactions.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long LONGEST_PAUSE_MS = 2_000;

  private final String group;
  private final List<String> topics;
  private final ReactionDesk<C> desk;
  private final Patience patience;
  private final Patience rounds;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Admin admin;
  private final ReactionStarts starts;
  private final Thread thread;
  private final ReactionWriter writer;
  private volatile boolean closed;
  private volatile boolean joined;

  private Reactions(
      Bus bus,
      JournalPlace place,
      CommandCodec<C> commands,
      CommandSigner signer,
      List<Topic> sources,
      Reaction<C> reaction) {
    this.group = place.group() + "-reactions";
    this.topics = sources.stream().map(Topic::name).toList();
    this.patience = new Patience(group, bus.troubles());
    this.rounds = new Patience(group, bus.troubles(), _ -> true);
    this.desk = new ReactionDesk<>(bus.wire(), place, commands, signer, reaction, bus.troubles());
    this.writer = new ReactionWriter(bus.kafka(), group);
    this.admin = bus.kafka().admin("floe-" + group + "-admin");
    this.starts = new ReactionStarts(new LogReader(bus.kafka(), admin), place, sources);
    Map<String, Object> settings = new HashMap<>(bus.kafka().consumerSettings("floe-" + group));
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    this.consumer = new KafkaConsumer<>(settings);
    this.thread = Thread.ofPlatform().name("floe-" + group).daemon().unstarted(this::run);
  }

  /**
   * Joins the group {@code <service>-reactions} and begins.
   *
   * @param place of the service's journal: where the commands go, and whose events tell how far
   *     reactions had come when Kafka has forgotten
   * @param sources the events topics to react to
   */
  public static <C> Reactions<C> start(
      Bus bus,
      JournalPlace place,
      CommandCodec<C> commands,
      CommandSigner signer,
      List<Topic> sources,
      Reaction<C> reaction) {
    bus.wire().register(place.commands().name(), commands.schemas());
    if (!commands.schemas().isEmpty()) {
      bus.wire().register(place.commands().name(), List.of(ResumeArtifact.getClassSchema()));
    }
    var reactions =
        new Reactions<>(
            bus, place.in(bus.partitions()), commands, signer, bus.sized(sources), reaction);
    reactions.thread.start();
    return reactions;
  }

  /** Whether the group has said, at least once, what this instance is to read. */
  public boolean isReady() {
    return joined;
  }

  /** Gives its partitions up; what is under way is not committed and told again to the next. */
  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    admin.close(Duration.ofSeconds(2));
  }

  private void run() {
    consumer.subscribe(topics, new Assigned());
    long pause = 0;
    while (!closed) {
      try {
        if (pause > 0) {
          Thread.sleep(pause);
        }
        step();
        pause = 0;
        rounds.passed(anywhere(), 0);
      } catch (WakeupException _) {
        LOG.debug("woken to close");
      } catch (InterruptedException _) {
        closed = true;
      } catch (RuntimeException | StackOverflowError failed) {
        rounds.cannotBegin(anywhere(), failed);
        // What is away needs time to come back; a record that is at fault gets no better by
        // waiting.
        pause = Unavailable.is(failed) ? Math.min(LONGEST_PAUSE_MS, Math.max(50, pause * 2)) : 50;
        LOG.atWarn()
            .setMessage("reactions go back to what is committed")
            .addKeyValue("group", group)
            .addKeyValue("nextTryInMs", pause)
            .setCause(failed)
            .log();
        rewind();
      }
    }
    writer.close();
    consumer.close();
  }

  private void step() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    consumer.poll(POLL).forEach(records::add);
    int done = 0;
    while (done < records.size()) {
      int end = endOfBatch(records, done);
      handle(records.subList(done, end));
      done = end;
    }
  }

  /** Where the reactions as a whole are, for troubles. */
  private TopicPartition anywhere() {
    return new TopicPartition(topics.getFirst(), 0);
  }

  /** All that came are told together, but for those among which one failed. */
  private int endOfBatch(List<ConsumerRecord<byte[], byte[]>> records, int from) {
    int end = from + 1;
    while (!isAlone(records.get(from)) && end < records.size() && !isAlone(records.get(end))) {
      end++;
    }
    return end;
  }

  private boolean isAlone(ConsumerRecord<byte[], byte[]> record) {
    return patience.alone(source(record), record.offset());
  }

  private static TopicPartition source(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private void handle(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    List<ProducerRecord<byte[], byte[]>> commands = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      commands.addAll(consequences(record));
      next.put(source(record), new OffsetAndMetadata(record.offset() + 1));
    }
    try {
      commit(commands, next);
    } catch (RuntimeException failed) {
      if (records.size() == 1) {
        patience.failedAlone(source(records.getFirst()), records.getFirst().offset(), failed);
      } else {
        next.forEach(
            (source, end) ->
                patience.failedTogether(source, end.offset() - 1, end.offset() - 1, failed));
      }
      throw failed;
    }
    next.forEach((source, end) -> patience.passed(source, end.offset()));
  }

  private List<ProducerRecord<byte[], byte[]>> consequences(ConsumerRecord<byte[], byte[]> record) {
    if (patience.givenUp(source(record), record.offset()).isPresent()) {
      return List.of();
    }
    try {
      return desk.handle(record);
    } catch (RuntimeException | StackOverflowError failed) {
      patience.failedAlone(source(record), record.offset(), failed);
      throw failed;
    }
  }

  private void commit(
      List<ProducerRecord<byte[], byte[]>> commands, Map<TopicPartition, OffsetAndMetadata> next) {
    if (commands.isEmpty()) {
      // Nothing follows from them: telling them again does no harm, so this may be lost.
      consumer.commitAsync(next, null);
    } else {
      writer.commit(commands, next, consumer.groupMetadata());
    }
  }

  /** Nobody knows what of the last batch holds but Kafka. */
  private void rewind() {
    writer.close();
    desk.forget();
    try {
      place(consumer.assignment());
    } catch (RuntimeException later) {
      LOG.atWarn().setMessage("the committed offsets are unknown").setCause(later).log();
      consumer.unsubscribe();
      consumer.subscribe(topics, new Assigned());
    }
  }

  private void place(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed =
        consumer.committed(new HashSet<>(partitions));
    Set<TopicPartition> unknown = new HashSet<>();
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset == null) {
        unknown.add(partition);
      } else {
        consumer.seek(partition, offset.offset());
      }
    }
    starts.of(unknown).forEach(consumer::seek);
  }

  private final class Assigned implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      desk.forget();
      place(partitions);
      joined = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      desk.forget();
      partitions.forEach(patience::forget);
    }
  }
}
