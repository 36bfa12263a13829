package dev.floe.messaging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Judges a command's token; nothing else in a record says who sent it (contract, section 4). */
@FunctionalInterface
public interface CommandVerifier {

  /**
   * Whether {@code token} was made for exactly this record.
   *
   * @param topic the topic the record was read from
   * @param key the record's key
   * @param commandId {@code ce_id}
   * @param value the record's value as it was read
   * @param token what stands behind {@code Bearer} in the {@code authorization} header; null where
   *     there is none
   * @param received the broker's time for the record, which decides about expiry
   */
  Verification verify(
      String topic,
      String key,
      String commandId,
      byte[] value,
      @Nullable String token,
      Instant received);
}
