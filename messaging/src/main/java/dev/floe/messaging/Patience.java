package dev.floe.messaging;

import dev.floe.kernel.Trouble;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a reader of the log stays with what fails: records that failed together are handled one
 * by one, and one that fails three times alone is given up, so that no record stops a partition.
 *
 * <p>What says nothing about a record, such as a broker that is away, is tried for ever. Either way
 * the place is a {@link Trouble} from the third failure in a row until something succeeds.
 */
public final class Patience {

  /** How often a record may fail alone. */
  public static final int TRIES = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final int LONGEST = 300;

  private final String part;
  private final Troubles troubles;
  private final Predicate<Throwable> unavailable;
  private final Map<TopicPartition, Place> places = new HashMap<>();

  /** Where a partition has trouble. */
  private static final class Place {
    private int failures;
    private long carefulBefore;
    private long alone = -1;
    private int tries;
    private @Nullable Throwable cause;
    private @Nullable String reported;
  }

  /**
   * @param part the reader, as readiness names it
   * @param unavailable whether a failure would have met any other record too
   */
  public Patience(String part, Troubles troubles, Predicate<Throwable> unavailable) {
    this.part = part;
    this.troubles = troubles;
    this.unavailable = unavailable;
  }

  /** A reader that needs Kafka and the schema registry, and nothing else. */
  public Patience(String part, Troubles troubles) {
    this(part, troubles, Unavailable::is);
  }

  /** Whether the record at {@code offset} has to be handled alone. */
  public synchronized boolean alone(TopicPartition source, long offset) {
    Place place = places.get(source);
    return place != null && offset < place.carefulBefore;
  }

  /** Why the record at {@code offset} is given up; empty while it is not. */
  public synchronized Optional<Throwable> givenUp(TopicPartition source, long offset) {
    Place place = places.get(source);
    return place != null && place.alone == offset && place.tries >= TRIES
        ? Optional.ofNullable(place.cause)
        : Optional.empty();
  }

  /** Several records failed together, those from {@code first} to {@code last} among them. */
  public synchronized void failedTogether(
      TopicPartition source, long first, long last, Throwable cause) {
    Place place = failed(source, first, cause);
    if (!unavailable.test(cause)) {
      place.carefulBefore = Math.max(place.carefulBefore, last + 1);
    }
  }

  /** The record at {@code offset} failed, and it alone. */
  public synchronized void failedAlone(TopicPartition source, long offset, Throwable cause) {
    Place place = failed(source, offset, cause);
    if (!unavailable.test(cause)) {
      place.carefulBefore = Math.max(place.carefulBefore, offset + 1);
      place.tries = place.alone == offset ? place.tries + 1 : 1;
      place.alone = offset;
    }
  }

  /** The partition cannot be read at all. */
  public synchronized void cannotBegin(TopicPartition source, Throwable cause) {
    var _ = failed(source, -1, cause);
  }

  private Place failed(TopicPartition source, long offset, Throwable cause) {
    Place place = places.computeIfAbsent(source, _ -> new Place());
    place.failures++;
    place.cause = cause;
    if (place.failures >= TRIES) {
      report(source, offset, place, cause);
    }
    return place;
  }

  /** Everything before {@code next} is done with. */
  public synchronized void passed(TopicPartition source, long next) {
    Place place = places.get(source);
    if (place == null) {
      return;
    }
    if (place.alone >= 0 && place.alone < next && place.tries >= TRIES) {
      LOG.atError()
          .setMessage("a record was given up; the partition goes on without it")
          .addKeyValue("part", part)
          .addKeyValue("position", where(source, place.alone))
          .setCause(place.cause)
          .log();
      place.alone = -1;
    }
    place.failures = 0;
    end(place);
    if (next >= place.carefulBefore) {
      places.remove(source);
    }
  }

  /** The partition is another reader's now. */
  public synchronized void forget(TopicPartition source) {
    Place place = places.remove(source);
    if (place != null) {
      end(place);
    }
  }

  private void report(TopicPartition source, long offset, Place place, Throwable cause) {
    end(place);
    String where = where(source, offset);
    place.reported = where;
    boolean world = unavailable.test(cause);
    troubles.stuck(
        part,
        new Trouble(
            "failed %d times in a row: %s".formatted(place.failures, Plain.text(cause, LONGEST)),
            where,
            world
                ? "It is tried again until it succeeds, and nothing is lost: see that what it needs"
                    + " answers (Kafka, the schema registry, the database)."
                : "The record is given up after %d tries, and the partition goes on; the log of %s has"
                        .formatted(TRIES, part)
                    + " the cause."));
  }

  private void end(Place place) {
    if (place.reported != null) {
      troubles.end(part, place.reported);
      place.reported = null;
    }
  }

  /** {@code topic-partition@offset}, as Kafka's own tools write it. */
  public static String where(TopicPartition source, long offset) {
    return offset < 0 ? source.toString() : source + "@" + offset;
  }
}
