package dev.floe.promotion.domain.course;

import dev.floe.kernel.Asked;
import dev.floe.kernel.Decision;
import dev.floe.promotion.domain.line.Evolution;
import dev.floe.promotion.domain.line.Promotion.Queued;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.PromotionEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A decision while it is made: the events so far, and the line as it stands after them.
 *
 * @param artifact the line's name
 * @param at when it is decided
 */
public record Course(String artifact, Instant at, ReleaseLine line, List<PromotionEvent> events) {

  public Course {
    events = List.copyOf(events);
  }

  public static Course of(ReleaseLine line, Asked<?> asked) {
    return new Course(asked.subject(), asked.at(), line, List.of());
  }

  public Course then(PromotionEvent event) {
    List<PromotionEvent> more = new ArrayList<>(events);
    more.add(event);
    return new Course(artifact, at, Evolution.after(line, event, at), more);
  }

  /** The decision, once everything that has become free to go has gone. */
  public Decision<PromotionEvent> decided() {
    Course course = this;
    Optional<Queued> next = course.next();
    while (next.isPresent()) {
      course = Onward.go(course, next.get());
      next = course.next();
    }
    return Decision.accept(course.events());
  }

  /** A queued promotion whose slot is free; each one that goes takes the slot or ends. */
  private Optional<Queued> next() {
    return line.openPromotions().stream()
        .filter(Queued.class::isInstance)
        .filter(queued -> line.holder(queued.to()).isEmpty())
        .findFirst()
        .flatMap(queued -> line.firstQueued(queued.to()));
  }
}
