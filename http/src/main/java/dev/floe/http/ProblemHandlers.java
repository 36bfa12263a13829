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
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns everything that goes wrong in a request into problem details, and nothing else. */
@Controller
@Requires(classes = HttpRequest.class)
final class ProblemHandlers {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandlers.class);
  static final MediaType PROBLEM = MediaType.of("application/problem+json");

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
    if (cause instanceof HttpStatusException status) {
      return HttpResponse.<Problem>status(status.getStatus())
          .contentType(PROBLEM)
          .body(FrameworkProblems.of(status.getStatus(), String.valueOf(status.getMessage())));
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
