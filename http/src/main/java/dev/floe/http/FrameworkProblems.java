package dev.floe.http;

import dev.floe.manifest.FreeText;
import dev.floe.manifest.ProblemCode;
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
    // What the framework says beside it stays: Allow, for one.
    response.contentType(ProblemHandlers.PROBLEM);
    return response.body(of(status, why(context, status)));
  }

  private static String why(ErrorContext context, HttpStatus status) {
    String what =
        "%s: %s %s"
            .formatted(
                status.getReason(),
                context.getRequest().getMethodName(),
                FreeText.quoted(context.getRequest().getPath()));
    return context.hasErrors()
        ? what + ": " + FreeText.told(context.getErrors().getFirst().getMessage())
        : what;
  }

  static Problem of(HttpStatus status, String detail) {
    ProblemCode code =
        switch (status) {
          case NOT_FOUND -> ProblemCode.NOT_FOUND;
          case UNAUTHORIZED -> ProblemCode.NOT_AUTHENTICATED;
          case FORBIDDEN -> ProblemCode.NOT_AUTHORISED;
          case METHOD_NOT_ALLOWED -> ProblemCode.METHOD_NOT_ALLOWED;
          case NOT_ACCEPTABLE -> ProblemCode.NOT_ACCEPTABLE;
          case UNSUPPORTED_MEDIA_TYPE -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
          default -> status.getCode() < 500 ? ProblemCode.BAD_REQUEST : ProblemCode.UNEXPECTED;
        };
    return Problem.of(code, detail, "See /openapi.yaml for every path and its body.");
  }
}
