package dev.floe.http;

import dev.floe.kernel.Journal;
import dev.floe.manifest.ProblemCode;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns everything that goes wrong in a request into problem details, and nothing else. */
@Controller
@Requires(classes = HttpRequest.class)
final class ProblemHandlers {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandlers.class);
  private static final MediaType PROBLEM = MediaType.of("application/problem+json");

  @Error(global = true)
  HttpResponse<Problem> any(HttpRequest<?> request, Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    if (cause instanceof ProblemException refused) {
      MutableHttpResponse<Problem> response = render(refused.problem());
      refused.headers().forEach(response::header);
      return response;
    }
    if (cause instanceof Journal.Halted halted) {
      return render(
          Problem.of(
              ProblemCode.HALTED,
              String.valueOf(halted.getMessage()),
              "See `floe doctor`; mend the cause, then `floe platform resume`."));
    }
    if (cause instanceof Journal.OutcomeUnknown unknown) {
      return render(
              Problem.of(
                  ProblemCode.OUTCOME_UNKNOWN,
                  String.valueOf(unknown.getMessage()),
                  "Repeat the request with the same Idempotency-Key to learn what became of it."))
          .header("Retry-After", "2");
    }
    if (cause instanceof ConversionErrorException || cause instanceof UnsatisfiedRouteException) {
      return render(badRequest(String.valueOf(cause.getMessage())));
    }
    if (cause instanceof io.micronaut.http.exceptions.HttpStatusException status) {
      return byStatus(request, status.getStatus(), status.getMessage());
    }
    if (isSyntax(cause)) {
      return render(badRequest("The body is not the JSON that this path takes: " + brief(cause)));
    }
    LOG.error("unexpected: {} {}", request.getMethodName(), request.getPath(), cause);
    return render(
        Problem.of(
            ProblemCode.UNEXPECTED,
            "Something unexpected went wrong; the server's log tells more.",
            "Repeat the request; if it goes wrong again, look into the log."));
  }

  @Error(global = true, status = HttpStatus.NOT_FOUND)
  HttpResponse<Problem> notFound(HttpRequest<?> request) {
    return byStatus(request, HttpStatus.NOT_FOUND, null);
  }

  @Error(global = true, status = HttpStatus.METHOD_NOT_ALLOWED)
  HttpResponse<Problem> notAllowed(HttpRequest<?> request) {
    return byStatus(request, HttpStatus.METHOD_NOT_ALLOWED, null);
  }

  @Error(global = true, status = HttpStatus.UNSUPPORTED_MEDIA_TYPE)
  HttpResponse<Problem> unsupported(HttpRequest<?> request) {
    return byStatus(request, HttpStatus.UNSUPPORTED_MEDIA_TYPE, null);
  }

  private static HttpResponse<Problem> byStatus(
      HttpRequest<?> request, HttpStatus status, @Nullable String message) {
    String detail =
        message == null
            ? "%s: %s %s".formatted(status.getReason(), request.getMethodName(), request.getPath())
            : message;
    ProblemCode code =
        switch (status) {
          case NOT_FOUND -> ProblemCode.NOT_FOUND;
          case UNAUTHORIZED -> ProblemCode.NOT_AUTHENTICATED;
          case FORBIDDEN -> ProblemCode.NOT_AUTHORISED;
          default -> status.getCode() < 500 ? ProblemCode.BAD_REQUEST : ProblemCode.UNEXPECTED;
        };
    Problem problem = Problem.of(code, detail, "See /openapi.yaml for every path and its body.");
    return HttpResponse.<Problem>status(status).contentType(PROBLEM).body(problem);
  }

  private static Problem badRequest(String detail) {
    return Problem.of(
        ProblemCode.BAD_REQUEST, detail, "See /openapi.yaml for every path and its body.");
  }

  private static MutableHttpResponse<Problem> render(Problem problem) {
    return HttpResponse.<Problem>status(HttpStatus.valueOf(problem.status()))
        .contentType(PROBLEM)
        .body(problem);
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static boolean isSyntax(Throwable cause) {
    return cause instanceof io.micronaut.http.codec.CodecException
        || cause instanceof io.micronaut.json.JsonSyntaxException
        || cause.getClass().getName().startsWith("com.fasterxml.jackson.");
  }

  private static String brief(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
