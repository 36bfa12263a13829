package dev.floe.cli.client;

import dev.floe.cli.console.Failure;
import dev.floe.cli.console.Failure.Reason;
import dev.floe.cli.document.Doc;
import dev.floe.manifest.ProblemCode;
import java.util.List;
import java.util.Map;

/** Turns the server's problem documents into failures. */
final class Problems {

  private Problems() {}

  static Failure failure(Answer answer, Call call) {
    Doc problem = answer.body();
    if (!problem.has("code")) {
      return bare(answer.status(), call);
    }
    ProblemCode known = ProblemCode.of(problem.text("code")).orElse(ProblemCode.UNEXPECTED);
    int exitCode = problem.has("exitCode") ? (int) problem.number("exitCode") : known.exitCode();
    Failure failure =
        new Failure(
            new Reason(
                problem.text("code"),
                problem.text("detail", problem.text("title")),
                problem.text("hint"),
                exitCode,
                problem.docs("blockedBy")));
    return failure.withAll(extra(problem)).withAll(promotion(problem.text("promotion")));
  }

  /** What the problem tells more: a manifest's problems under their own name. */
  private static Doc extra(Doc problem) {
    Doc extra = problem.doc("extra");
    List<Doc> problems = extra.isEmpty() ? problem.docs("extra") : extra.docs("problems");
    return problems.isEmpty()
        ? Doc.EMPTY
        : new Doc(Map.of("problems", problems.stream().map(Doc::members).toList()));
  }

  private static Doc promotion(String id) {
    return id.isEmpty() ? Doc.EMPTY : new Doc(Map.of("promotion", Map.of("id", id)));
  }

  /** An answer without a problem document: something before the server, or another server. */
  private static Failure bare(int status, Call call) {
    String message =
        "%s %s was answered with HTTP %d".formatted(call.method(), call.path(), status);
    ProblemCode code =
        switch (status) {
          case 401 -> ProblemCode.NOT_AUTHENTICATED;
          case 403 -> ProblemCode.NOT_AUTHORISED;
          case 404 -> ProblemCode.NOT_FOUND;
          case 502, 503, 504 -> ProblemCode.SERVICE_UNREACHABLE;
          default -> ProblemCode.UNEXPECTED;
        };
    String hint =
        switch (code) {
          case NOT_AUTHENTICATED -> "Check --token or FLOE_TOKEN, or --data and --user.";
          case NOT_FOUND -> "Check that --url names a floe server of this version or newer.";
          default -> "";
        };
    return Failure.of(code, message, hint);
  }
}
