package dev.floe.cli.follow;

import dev.floe.cli.client.Query;
import dev.floe.cli.console.Console;
import dev.floe.cli.console.Failure;
import dev.floe.cli.console.Format;
import dev.floe.cli.console.OutputLost;
import dev.floe.cli.document.Doc;
import dev.floe.cli.picture.AskingPicture;
import dev.floe.cli.picture.CoursePicture;
import dev.floe.cli.picture.EndPicture;
import dev.floe.cli.session.Session;
import dev.floe.manifest.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Follows a promotion to its end, telling its course; stops where people have to decide, unless it
 * is to wait for them.
 */
public final class Follower {

  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final Session session;
  private final Console console;
  private final Order order;
  private final Runnable again;
  private final CoursePicture course = new CoursePicture();
  private final long start = System.nanoTime();
  private Doc latest = Doc.EMPTY;
  private boolean goesOn;
  private boolean peopleKnown;

  /**
   * How to follow.
   *
   * @param words version and environments as they were typed
   * @param requestApproval whether asking people is all that is wanted
   * @param waits whether to wait for them
   * @param longest how long to follow at most, if there is a limit
   */
  public record Order(
      String words, boolean requestApproval, boolean waits, Optional<Duration> longest) {}

  /** A follower that says {@code again} when people have approved. */
  public Follower(Session session, Order order, Runnable again) {
    this.session = session;
    this.console = session.console();
    this.order = order;
    this.again = again;
  }

  /**
   * Follows from what the server answered to the request, and returns the exit code.
   *
   * @param fresh whether the request changed something, rather than joining what is under way
   */
  public int follow(Doc answered, boolean fresh) {
    goesOn = States.isGoing(answered);
    boolean joined = !fresh && States.awaitsPeople(answered);
    // Whoever joins late sees the whole: the answer tells no more than that it is under way.
    latest = joined || goesOn ? whole(answered) : answered;
    if (goesOn || joined) {
      course.join(latest);
    }
    course.advance(latest).forEach(console::told);
    try (Interruption _ = new Interruption(this::interrupted);
        PromotionFeed feed =
            new PromotionFeed(session.api(), answered.text("id"), new Outage(console));
        CopyLine copying = new CopyLine(console, session.api(), answered.text("id"))) {
      while (!States.isFinal(latest)) {
        if (stopsAtPeople(joined)) {
          return order.requestApproval() ? asked() : pending();
        }
        console.activity(CoursePicture.activity(latest));
        copying.follow(latest);
        latest = next(feed, copying);
        course.advance(latest).forEach(console::told);
      }
    } catch (OutputLost lost) {
      if (!lost.isReaderGone()) {
        console.note(goesOnHint());
      }
      throw lost;
    }
    return conclude();
  }

  private Doc whole(Doc answered) {
    return session.api().get(Query.of("promotions", answered.text("id"))).body();
  }

  /** Tells about people once; true if the command ends here. */
  private boolean stopsAtPeople(boolean joined) {
    boolean waits = States.awaitsPeople(latest);
    if (goesOn || !(waits || States.isApproved(latest))) {
      return false;
    }
    if (waits && !peopleKnown) {
      peopleKnown = true;
      (joined ? AskingPicture.pending(latest, session.now()) : requested()).forEach(console::told);
      if (order.waits()) {
        console.told("Waiting for approval...");
      }
    }
    if (!order.waits()) {
      return true;
    }
    if (!waits) {
      goesOn = true;
      again.run();
    }
    return false;
  }

  private List<String> requested() {
    return AskingPicture.requested(latest, session.manifest().doc("teams"), session.now());
  }

  private int asked() {
    console.document(latest);
    if (console.quiet() && console.format() == Format.TABLE) {
      console.print(latest.text("id"));
    }
    return 0;
  }

  private int pending() {
    throw Failure.of(
            ProblemCode.APPROVAL_PENDING,
            "%s waits for approval".formatted(latest.text("id")),
            "Send the approvers this command: %s. Promote again once they have approved."
                .formatted(AskingPicture.command(latest)))
        .with("promotion", latest);
  }

  private Doc next(PromotionFeed feed, CopyLine copying) {
    while (true) {
      Duration left = left();
      Optional<Doc> next = heard(feed, copying.untilNext(left));
      if (next.isPresent()) {
        return next.get();
      }
      if (!left().isPositive()) {
        throw ranOut();
      }
      copying.show();
    }
  }

  private Optional<Doc> heard(PromotionFeed feed, Duration longest) {
    try {
      return feed.next(longest);
    } catch (Failure lost) {
      if (lost.exitCode() != ProblemCode.SERVICE_UNREACHABLE.exitCode()) {
        throw lost;
      }
      String message =
          "%s; %s was %s when it was last heard of"
              .formatted(lost.reason().message(), latest.text("id"), state());
      throw Failure.of(ProblemCode.SERVICE_UNREACHABLE, message, goesOnHint())
          .with("promotion", latest);
    }
  }

  private String state() {
    return latest.text("state").replace('_', ' ');
  }

  private Duration left() {
    return order
        .longest()
        .map(longest -> longest.minusNanos(System.nanoTime() - start))
        .orElse(FOR_EVER);
  }

  private Failure ranOut() {
    return Failure.of(
            ProblemCode.WAIT_RAN_OUT,
            "%s is %s after %s"
                .formatted(latest.text("id"), state(), order.longest().orElse(FOR_EVER)),
            goesOnHint())
        .with("promotion", latest);
  }

  private int conclude() {
    Optional<Failure> failure = Ending.of(latest);
    if (failure.isPresent()) {
      if (EndPicture.byGates(latest) && !console.quiet()) {
        EndPicture.blocked(latest).forEach(console::told);
        throw failure.get().alreadyTold();
      }
      throw failure.get();
    }
    console.document(latest);
    if (console.quiet() && console.format() == Format.TABLE) {
      console.print(CoursePicture.ref(latest));
    }
    return 0;
  }

  private void interrupted() {
    console.failed(
        Failure.interrupted("interrupted; %s continues".formatted(latest.text("id")), goesOnHint())
            .with("promotion", latest));
  }

  private String goesOnHint() {
    return "It continues. Follow it with floe platform promote %s --wait, end it with floe platform cancel %s."
        .formatted(order.words(), latest.text("id"));
  }
}
