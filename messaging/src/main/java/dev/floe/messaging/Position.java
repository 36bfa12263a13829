package dev.floe.messaging;

import dev.floe.kernel.Journal.Answer;
import dev.floe.kernel.Recorded;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * How far a topic has come for one key: what {@code Floe-Position} carries, opaque to clients.
 *
 * <p>A reader that has stored {@code sequence} or more of that key has seen the change.
 *
 * @param topic the events topic
 * @param key the record's key
 * @param sequence the number of the last event, {@code ce_sequence}
 */
public record Position(String topic, String key, long sequence) {

  /** The position that {@code fact} brought {@code topic} to. */
  public static Position of(String topic, Recorded<?> fact) {
    return new Position(topic, fact.subject(), fact.sequence());
  }

  /** The position after an answer's last fact; empty when the command changed nothing. */
  public static Optional<Position> of(String topic, Answer<?> answer) {
    List<? extends Recorded<?>> facts = answer.facts();
    return facts.isEmpty() ? Optional.empty() : Optional.of(of(topic, facts.getLast()));
  }

  /** The text for the header: base64url of {@code topic/key/sequence}. */
  public String encode() {
    String text = topic + '/' + key + '/' + sequence;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads what {@link #encode} writes; empty for anything else, for clients send what they like.
   */
  public static Optional<Position> decode(String header) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8);
      int first = text.indexOf('/');
      int last = text.lastIndexOf('/');
      if (first <= 0 || last <= first) {
        return Optional.empty();
      }
      long sequence = Long.parseLong(text.substring(last + 1));
      return sequence < 0
          ? Optional.empty()
          : Optional.of(
              new Position(text.substring(0, first), text.substring(first + 1, last), sequence));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
