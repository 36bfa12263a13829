package dev.floe.audit.view;

import dev.floe.audit.view.Status.Attempt;
import dev.floe.audit.view.Status.Pending;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a status says of promotions that have not brought their version, or not yet. */
final class Attempts {

  /** Stands for a team that is any person who may approve. */
  private static final String ANYONE = "anyone who may approve";

  private Attempts() {}

  /** The promotion as it waited at that time. */
  static Pending pending(PromotionRow row, Instant at) {
    Course course = row.known();
    Course.Request request = course.request();
    String state = course.stateAt(at).orElseThrow();
    List<Asking.Team> teams = teams(row, state, at);
    return new Pending(
        row.id(),
        request.version(),
        request.from(),
        state,
        teams.stream()
            .filter(team -> !team.isComplete())
            .map(team -> team.team().isEmpty() ? ANYONE : team.team())
            .toList(),
        teams,
        row.asking() == null || teams.isEmpty() ? null : row.asking().expiresAt());
  }

  /** The promotion may know that people are asked before the approval's own topic is read. */
  private static List<Asking.Team> teams(PromotionRow row, String state, Instant at) {
    if (!state.equals("awaiting_approval")) {
      return List.of();
    }
    Asking asking = row.asking();
    List<Course.Quorum> asked = row.known().request().teams();
    if (asking != null) {
      return asking.teamsAt(at);
    }
    return asked == null
        ? List.of()
        : asked.stream()
            .map(quorum -> new Asking.Team(quorum.team(), quorum.required(), List.of()))
            .toList();
  }

  /** How the promotion had ended by then, if it had and brought nothing. */
  static Optional<Attempt> ended(PromotionRow row, Instant at) {
    Course course = row.known();
    Course.Step last = course.last();
    boolean counts =
        Course.isFinal(last.state())
            && !last.state().equals("succeeded")
            && !last.state().equals("refused")
            && !last.at().isAfter(at);
    return counts
        ? Optional.of(
            new Attempt(
                row.id(),
                course.request().version(),
                course.request().from(),
                last.state(),
                last.at(),
                by(row, last),
                reason(row)))
        : Optional.empty();
  }

  private static @Nullable String by(PromotionRow row, Course.Step last) {
    return switch (last.state()) {
      case "denied" -> row.asking() == null ? null : row.asking().deniedBy();
      case "cancelled" -> last.by();
      default -> null;
    };
  }

  private static String reason(PromotionRow row) {
    Asking asking = row.asking();
    if (asking != null && asking.denial() != null) {
      String why = asking.reason().isBlank() ? "." : ": " + asking.reason();
      return "%s denied it%s".formatted(asking.denial().by(), why);
    }
    return row.known().blockedBy().stream().map(Blocker::message).findFirst().orElse("");
  }
}
