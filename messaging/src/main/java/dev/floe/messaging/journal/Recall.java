package dev.floe.messaging.journal;

import dev.floe.access.CommandTokens;
import dev.floe.messaging.KeyPartition;
import dev.floe.messaging.LogReader;
import dev.floe.messaging.Verification.Verified;
import java.time.Instant;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads back the commands of the last hour that another writer took in, so that none of their
 * tokens is good for a second time. The commands topic itself is read: it has them all, and each is
 * verified again, for strangers may write ids there that are not theirs.
 */
final class Recall {

  private final LogReader reader;
  private final JournalPlace place;
  private final CommandReading<?> reading;

  Recall(LogReader reader, JournalPlace place, CommandReading<?> reading) {
    this.reader = reader;
    this.place = place;
    this.reading = reading;
  }

  /** Adds what was taken in before {@code start} and could be sent again. */
  void into(Seen seen, TopicPartition source, long start) {
    String client = place.group() + "-recall";
    // Tokens are judged by the time of the record that brings them; none to come is older.
    Instant now = reader.timeAt(source, start, client).orElseGet(Instant::now);
    Instant since = now.minus(CommandTokens.LONGEST_LIFE).minus(Seen.MARGIN);
    OptionalLong from = reader.offsetAt(source, since);
    if (from.isPresent()) {
      reader.read(source, from.getAsLong(), start, client, record -> add(seen, record, now));
    }
  }

  private void add(Seen seen, ConsumerRecord<byte[], byte[]> record, Instant now) {
    String key = EventLog.key(record);
    boolean mine =
        record.key() != null
            && place.keys().test(key)
            && KeyPartition.of(key, place.commands().partitions()) == record.partition();
    if (mine
        && reading.verify(record) instanceof Verified sender
        && sender.life().expires().plus(Seen.MARGIN).isAfter(now)) {
      Instant at = Instant.ofEpochMilli(record.timestamp());
      seen.add(key, CommandReading.id(record), at, sender.life());
    }
  }
}
