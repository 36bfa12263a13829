package dev.floe.promotion.domain.request;

import static dev.floe.promotion.domain.rule.Reasons.because;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.ProblemCode;
import dev.floe.promotion.domain.line.Ended;
import java.time.Instant;
import java.util.Optional;

/** Whether the gate results of a failed promotion may be used once more. */
final class RetryGuards {

  private RetryGuards() {}

  static Optional<Refusal> retriedExists(Question q) {
    String id = q.command().retry();
    return id == null || q.retried().isPresent() || q.line().open().contains(id)
        ? Optional.empty()
        : Optional.of(
            because(
                ProblemCode.UNKNOWN_PROMOTION,
                "No promotion of this artifact has the id '%s'.".formatted(id),
                "To run the gates again, leave --retry out."));
  }

  static Optional<Refusal> resultsMayBeUsed(Question q) {
    String id = q.command().retry();
    if (id == null || retriedExists(q).isPresent()) {
      return Optional.empty();
    }
    String why = q.retried().map(ended -> obstacle(q, ended)).orElse("it has not ended");
    return why.isEmpty()
        ? Optional.empty()
        : Optional.of(
            because(
                ProblemCode.NOT_RETRYABLE,
                "%s cannot be retried: %s.".formatted(id, why),
                "To run the gates again, leave --retry out."));
  }

  private static String obstacle(Question q, Ended ended) {
    boolean same =
        ended.to().equals(q.command().to())
            && q.version().filter(ended.version()::equals).isPresent();
    if (!same) {
      return "it promoted %s to %s".formatted(ended.version(), ended.to());
    }
    Instant passedAt = ended.passedAt();
    if (!ended.state().equals("failed")) {
      return "it ended as " + ended.state();
    }
    if (passedAt == null) {
      return "its gates did not pass";
    }
    if (!q.asked().at().isBefore(passedAt.plus(q.manifest().promotion().resultsValid()))) {
      return "its gate results are too old";
    }
    boolean sameRules =
        q.targetFound()
            .map(to -> q.manifest().rulesHash(to.name()))
            .filter(ended.rulesHash()::equals)
            .isPresent();
    return sameRules ? "" : "the rules for %s have changed since".formatted(ended.to());
  }
}
