package dev.floe.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.floe.manifest.FreeText;
import dev.floe.manifest.Nearest;
import dev.floe.manifest.ProblemCode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says which member of a body is wrong, where it stands, and what was probably meant. */
final class BodyProblems {

  private static final String SEE = "See /openapi.yaml for every path and its body.";

  private BodyProblems() {}

  /** The problem behind what a body's reader threw; empty where it was about something else. */
  static Optional<Problem> of(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 10; depth++) {
      if (cause instanceof JsonProcessingException wrong && isAboutReading(wrong)) {
        return Optional.of(of(wrong));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static boolean isAboutReading(JsonProcessingException wrong) {
    return wrong instanceof StreamReadException
        || wrong instanceof StreamConstraintsException
        || wrong instanceof MismatchedInputException
        || wrong instanceof ValueInstantiationException;
  }

  private static Problem of(JsonProcessingException wrong) {
    return switch (wrong) {
      case UnrecognizedPropertyException unknown -> unknown(unknown);
      case MismatchedInputException mismatch when !mismatch.getPath().isEmpty() ->
          bad(
              "The member '%s' is not %s%s."
                  .formatted(path(mismatch), expected(mismatch.getTargetType()), place(wrong)),
              SEE);
      case MismatchedInputException mismatch ->
          bad(
              mismatch.getOriginalMessage().startsWith("Trailing token")
                  ? "Something stands behind the end of the body%s.".formatted(place(wrong))
                  : "The body is no JSON object.",
              SEE);
      default ->
          bad(
              "The body is not JSON: %s%s."
                  .formatted(FreeText.told(wrong.getOriginalMessage()), place(wrong)),
              SEE);
    };
  }

  private static Problem unknown(UnrecognizedPropertyException unknown) {
    return bad(
        "This path takes no member '%s'%s."
            .formatted(FreeText.quoted(path(unknown)), place(unknown)),
        meant(
            unknown.getPropertyName(),
            unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList()));
  }

  /** What somebody meant who wrote {@code word}. */
  static String meant(String word, Collection<String> known) {
    String all = known.isEmpty() ? "It takes none." : "It takes: " + String.join(", ", known) + ".";
    return Nearest.to(word.replace("_", "").replace("-", ""), known)
        .map(near -> "Did you mean '%s'? %s".formatted(near, all))
        .orElse(all);
  }

  private static String path(JsonMappingException wrong) {
    List<Reference> path = wrong.getPath();
    return path.stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[%d]".formatted(step.getIndex())
                    : "." + step.getFieldName())
        .collect(Collectors.joining())
        .substring(path.getFirst().getFieldName() == null ? 0 : 1);
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "what stands here";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == String.class) {
      return "a text";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return type.isPrimitive() || Number.class.isAssignableFrom(type) ? "a number" : "an object";
  }

  private static String place(JsonProcessingException wrong) {
    JsonLocation at = wrong.getLocation();
    return at == null || at.getLineNr() < 1
        ? ""
        : " (line %d, column %d)".formatted(at.getLineNr(), Math.max(1, at.getColumnNr()));
  }

  private static Problem bad(String detail, String hint) {
    return Problem.of(ProblemCode.BAD_REQUEST, detail, hint);
  }
}
