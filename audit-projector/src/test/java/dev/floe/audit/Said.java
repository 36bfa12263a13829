package dev.floe.audit;

import dev.floe.kernel.Actor;
import dev.floe.schemas.Topic;
import java.time.Instant;
import org.apache.avro.generic.IndexedRecord;

/** One event of a story, before it has a place in a log. */
public record Said(
    Topic topic, String artifact, String id, Instant at, Actor by, IndexedRecord body) {}
