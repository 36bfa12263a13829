package dev.floe.messaging.feed;

import dev.floe.kernel.Recorded;
import dev.floe.messaging.Envelope;
import org.apache.avro.generic.IndexedRecord;

/**
 * Another service's event, as a reaction sees it.
 *
 * @param topic the topic it stands in
 * @param envelope its headers
 * @param recorded the event, of the class generated for it where that is at hand
 */
public record Fact(String topic, Envelope envelope, Recorded<IndexedRecord> recorded) {

  /** The event's body. */
  public IndexedRecord body() {
    return recorded.event();
  }

  /** The record's key: the artifact. */
  public String subject() {
    return recorded.subject();
  }
}
