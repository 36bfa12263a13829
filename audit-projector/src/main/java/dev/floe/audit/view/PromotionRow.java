package dev.floe.audit.view;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one promotion. Each topic has its own part, null until it says something; as
 * one topic is read in order, the row is the same however the topics' reading interleaves.
 */
public record PromotionRow(
    String id,
    String artifact,
    @Nullable Course course,
    @Nullable GateLog gates,
    @Nullable Asking asking,
    @Nullable Copies copies) {

  /** A promotion that nothing is known of yet. */
  public static PromotionRow unknown(String id, String artifact) {
    return new PromotionRow(id, artifact, null, null, null, null);
  }

  /** The promotion that an event is about, if it is about one. */
  public static Optional<String> idIn(IndexedRecord event) {
    return Optional.ofNullable(Fields.promotion(event));
  }

  public PromotionRow after(Fact fact) {
    return new PromotionRow(
        id,
        artifact,
        CourseFold.after(course, fact),
        GateLog.after(gates, fact),
        Asking.after(asking, fact),
        Copies.after(copies, fact));
  }

  /** Whether it had begun and not ended at that time. */
  boolean isOpenAt(Instant time) {
    return course != null
        && course.stateAt(time).filter(state -> !Course.isFinal(state)).isPresent();
  }

  /** What its own topic says; only asked where that has said something. */
  Course known() {
    return Objects.requireNonNull(course, id);
  }

  /** When any of its parts last changed. */
  public Instant updatedAt() {
    return Stream.of(
            course == null ? null : course.last().at(),
            gates == null ? null : gates.updatedAt(),
            asking == null ? null : asking.updatedAt(),
            copies == null ? null : copies.updatedAt())
        .flatMap(Stream::ofNullable)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }
}
