package dev.floe.notification.adapter.kafka;

import dev.floe.messaging.Verification.Verified;
import dev.floe.messaging.journal.CommandCodec;
import dev.floe.messaging.journal.Malformed;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** The commands of a service that takes none. */
public final class NoCommands implements CommandCodec<Void> {

  @Override
  public Void read(IndexedRecord record, Verified sender, String key) throws Malformed {
    throw new Malformed(
        "the notifier takes no commands, and was sent a %s"
            .formatted(record.getSchema().getFullName()));
  }

  @Override
  public IndexedRecord write(Void command, String key) {
    throw new IllegalStateException("the notifier has no command that could be written");
  }

  @Override
  public List<Schema> schemas() {
    return List.of();
  }
}
