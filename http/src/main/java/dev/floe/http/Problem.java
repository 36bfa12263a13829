package dev.floe.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.floe.kernel.Refusal;
import dev.floe.kernel.Rfc3339;
import dev.floe.manifest.ProblemCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was not done, as RFC 9457 problem details with the contract's own members.
 *
 * @param code kebab-case word of the weightiest reason
 * @param hint what to do about it; empty where nothing sensible can be said
 * @param exitCode the exit code that the command line ends with
 * @param promotion id of the promotion it is about, if any
 * @param extra a body that tells more, such as a manifest's problems
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String code,
    String hint,
    List<Blocker> blockedBy,
    int exitCode,
    @Nullable String promotion,
    @Nullable Object extra) {

  /** One reason, as {@code blockedBy} lists it. */
  public record Blocker(
      String code, String message, String owner, String remedy, @Nullable String possibleFrom) {

    static Blocker of(Refusal reason) {
      String from = reason.possibleFrom() == null ? null : Rfc3339.text(reason.possibleFrom());
      return new Blocker(reason.code(), reason.message(), reason.owner(), reason.remedy(), from);
    }
  }

  /** The problem that {@code code} is, told in {@code detail}. */
  public static Problem of(ProblemCode code, String detail, String hint) {
    return new Problem(
        "urn:floe:problem:" + code.code(),
        title(code.code()),
        code.status(),
        detail,
        code.code(),
        hint,
        List.of(new Blocker(code.code(), detail, "", hint, null)),
        code.exitCode(),
        null,
        null);
  }

  /** The problem that {@code reasons} are, led by the weightiest. */
  public static Problem refused(List<Refusal> reasons) {
    ProblemCode weightiest = ProblemCode.weightiest(reasons.stream().map(Refusal::code).toList());
    Refusal first =
        reasons.stream()
            .filter(reason -> reason.code().equals(weightiest.code()))
            .findFirst()
            .orElse(reasons.getFirst());
    return new Problem(
        "urn:floe:problem:" + first.code(),
        title(first.code()),
        weightiest.status(),
        first.message(),
        first.code(),
        first.remedy(),
        reasons.stream().map(Blocker::of).toList(),
        weightiest.exitCode(),
        null,
        null);
  }

  /** The same, about a promotion. */
  public Problem about(String promotionId) {
    return new Problem(
        type, title, status, detail, code, hint, blockedBy, exitCode, promotionId, extra);
  }

  /** The same, with a body that tells more. */
  public Problem with(Object more) {
    return new Problem(
        type, title, status, detail, code, hint, blockedBy, exitCode, promotion, more);
  }

  /** The same under another HTTP status, which says more exactly what is wrong. */
  public Problem at(int otherStatus) {
    return new Problem(
        type, title, otherStatus, detail, code, hint, blockedBy, exitCode, promotion, extra);
  }

  private static String title(String code) {
    return Character.toUpperCase(code.charAt(0)) + code.substring(1).replace('-', ' ');
  }
}
