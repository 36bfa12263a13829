package dev.floe.http;

import dev.floe.manifest.ProblemCode;
import java.util.Map;

/** Ends a request with a problem; the door turns it into {@code application/problem+json}. */
public final class ProblemException extends RuntimeException {

  private final transient Problem problem;
  private final transient Map<String, String> headers;

  public ProblemException(Problem problem) {
    this(problem, Map.of());
  }

  public ProblemException(Problem problem, Map<String, String> headers) {
    super(problem.detail());
    this.problem = problem;
    this.headers = Map.copyOf(headers);
  }

  public ProblemException(ProblemCode code, String detail, String hint) {
    this(Problem.of(code, detail, hint));
  }

  public Problem problem() {
    return problem;
  }

  /** Headers that the answer carries beside the problem. */
  public Map<String, String> headers() {
    return headers;
  }
}
