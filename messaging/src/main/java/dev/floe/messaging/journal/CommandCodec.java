package dev.floe.messaging.journal;

import dev.floe.messaging.Verification.Verified;
import dev.floe.messaging.avro.RecordMapper;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Commands as the domain knows them, and as they travel.
 *
 * @param <C> the domain's commands
 */
public interface CommandCodec<C> {

  /**
   * The command in {@code record}.
   *
   * @param sender what the verified token says
   * @param key the record's key: the artifact
   * @throws Malformed when it cannot be understood, or the sender's kind may not send it at all
   */
  C read(IndexedRecord record, Verified sender, String key) throws Malformed;

  /** The record for {@code command} about {@code key}. */
  IndexedRecord write(C command, String key);

  /** The schemas it writes. */
  List<Schema> schemas();

  /** A codec for commands that look alike in the domain and on the wire. */
  static <C> CommandCodec<C> of(RecordMapper<C> mapper) {
    return new CommandCodec<>() {
      @Override
      public C read(IndexedRecord record, Verified sender, String key) throws Malformed {
        try {
          return mapper.read(record);
        } catch (RecordMapper.Unmapped unknown) {
          throw new Malformed(String.valueOf(unknown.getMessage()), unknown);
        }
      }

      @Override
      public IndexedRecord write(C command, String key) {
        return mapper.write(command);
      }

      @Override
      public List<Schema> schemas() {
        return mapper.schemas();
      }
    };
  }
}
