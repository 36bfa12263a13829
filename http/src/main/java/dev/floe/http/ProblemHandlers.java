package dev.floe.http;

import dev.floe.kernel.Journal;
import dev.floe.manifest.Coded;
import dev.floe.manifest.FreeText;
import dev.floe.manifest.InvalidWord;
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
import io.micronaut.http.codec.CodecException;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.http.server.exceptions.NotAllowedException;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns everything that goes wrong in a request into problem details, and nothing else. */
@Controller
@Requires(classes = HttpRequest.class)
final class ProblemHandlers {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandlers.class);
  static final MediaType PROBLEM = MediaType.of("application/problem+json");

  private final List<ProblemSource> sources;

  ProblemHandlers(List<ProblemSource> sources) {
    this.sources = sources;
  }

  @Error(global = true)
  HttpResponse<Problem> any(HttpRequest<?> request, Throwable thrown) {
    Throwable cause = explained(unwrapped(thrown));
    return switch (cause) {
      case ProblemException refused -> {
        MutableHttpResponse<Problem> response = render(refused.problem());
        refused.headers().forEach(response::header);
        yield response;
      }
      case Journal.Halted halted -> render(halted(halted));
      case Journal.TooLong tooLong -> render(tooLong(tooLong));
      case Journal.OutcomeUnknown unknown -> render(unknown(unknown)).header("Retry-After", "2");
      case InvalidWord wrong -> render(invalid(wrong));
      case NotAllowedException other ->
          render(FrameworkProblems.of(HttpStatus.METHOD_NOT_ALLOWED, brief(other)))
              .header("Allow", String.join(", ", new TreeSet<>(other.getAllowedMethods())));
      case HttpStatusException status ->
          HttpResponse.<Problem>status(status.getStatus())
              .contentType(PROBLEM)
              .body(FrameworkProblems.of(status.getStatus(), String.valueOf(status.getMessage())));
      default -> render(BodyProblems.of(cause).orElseGet(() -> other(request, cause)));
    };
  }

  private static Problem other(HttpRequest<?> request, Throwable cause) {
    if (cause instanceof ConversionErrorException
        || cause instanceof UnsatisfiedRouteException
        || cause instanceof CodecException) {
      return Problem.of(
          ProblemCode.BAD_REQUEST, brief(cause), "See /openapi.yaml for every path and its body.");
    }
    if (Client.hasGone(request)) {
      // Cut off in the middle of its body: nothing went wrong here, and nobody hears the answer.
      return Problem.of(ProblemCode.BAD_REQUEST, "The request ended before its body did.", "");
    }
    LOG.error("unexpected: {} {}", request.getMethodName(), request.getPath(), cause);
    if (cause instanceof Coded known) {
      return Problem.of(known.code(), brief(cause), "Mend what the message names, then try again.");
    }
    return Problem.of(
        ProblemCode.UNEXPECTED,
        "An unexpected error occurred; the server's log says more.",
        "Repeat the request; if it fails again, read the log.");
  }

  private static Problem halted(Journal.Halted halted) {
    return Problem.of(
        ProblemCode.HALTED,
        String.valueOf(halted.getMessage()),
        "See `floe doctor`; remove the cause, then: floe platform resume <artifact>");
  }

  private static Problem tooLong(Journal.TooLong tooLong) {
    return Problem.of(
        ProblemCode.TOO_LARGE,
        String.valueOf(tooLong.getMessage()),
        "Nothing was recorded. Send shorter texts, or a shorter manifest.");
  }

  private static Problem unknown(Journal.OutcomeUnknown unknown) {
    return Problem.of(
        ProblemCode.OUTCOME_UNKNOWN,
        String.valueOf(unknown.getMessage()),
        "Repeat the request with the same Idempotency-Key to learn its outcome.");
  }

  private static MutableHttpResponse<Problem> render(Problem problem) {
    return HttpResponse.<Problem>status(HttpStatus.valueOf(problem.status()))
        .contentType(PROBLEM)
        .body(problem);
  }

  private Throwable explained(Throwable thrown) {
    return sources.stream()
        .<Throwable>flatMap(source -> source.of(thrown).stream())
        .findFirst()
        .orElse(thrown);
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static Problem invalid(InvalidWord wrong) {
    return Problem.of(
        wrong.code(), wrong.getMessage() + ".", "Write it as in: %s.".formatted(wrong.example()));
  }

  private static String brief(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    int end = message.indexOf('\n');
    return FreeText.told(end < 0 ? message : message.substring(0, end));
  }
}
