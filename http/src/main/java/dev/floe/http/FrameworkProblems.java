package dev.floe.http;

import dev.floe.manifest.ProblemCode;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/** Tells what the framework itself refuses, such as an unknown path, as problem details too. */
@Singleton
final class FrameworkProblems implements ErrorResponseProcessor<Problem> {

  @Override
  public MutableHttpResponse<Problem> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    HttpStatus status = HttpStatus.valueOf(response.code());
    String what =
        "%s: %s %s"
            .formatted(
                status.getReason(),
                context.getRequest().getMethodName(),
                context.getRequest().getPath());
    String why =
        context.hasErrors() ? what + ": " + context.getErrors().getFirst().getMessage() : what;
    return HttpResponse.<Problem>status(status)
        .contentType(ProblemHandlers.PROBLEM)
        .body(of(status, why));
  }

  static Problem of(HttpStatus status, String detail) {
    ProblemCode code =
        switch (status) {
          case NOT_FOUND -> ProblemCode.NOT_FOUND;
          case UNAUTHORIZED -> ProblemCode.NOT_AUTHENTICATED;
          case FORBIDDEN -> ProblemCode.NOT_AUTHORISED;
          default -> status.getCode() < 500 ? ProblemCode.BAD_REQUEST : ProblemCode.UNEXPECTED;
        };
    return Problem.of(code, detail, "See /openapi.yaml for every path and its body.");
  }
}
