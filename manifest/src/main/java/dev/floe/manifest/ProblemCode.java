package dev.floe.manifest;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can stand in the way, with the word, the exit code and the HTTP status it has
 * everywhere (contract, sections 1 and 5; docs/errors.md).
 */
public enum ProblemCode {
  UNEXPECTED(1, 500),
  BAD_REQUEST(2, 400),
  INVALID_VERSION(2, 400),
  METHOD_NOT_ALLOWED(2, 405),
  NOT_ACCEPTABLE(2, 406),
  UNSUPPORTED_MEDIA_TYPE(2, 415),
  INVALID_MANIFEST(2, 422),
  NOT_SUPPORTED_YET(2, 422),
  IDEMPOTENCY_KEY_REUSED(2, 422),
  TOO_LARGE(2, 413),
  PORT_IN_USE(2, 500),
  FOLDER_IN_USE(2, 500),
  UNKNOWN_ARTIFACT(3, 404),
  UNKNOWN_ENVIRONMENT(3, 404),
  UNKNOWN_VERSION(3, 404),
  UNKNOWN_PROMOTION(3, 404),
  UNKNOWN_APPROVAL(3, 404),
  TAG_MISSING(3, 404),
  NOT_FOUND(3, 404),
  IMMUTABLE_TAG(4, 409),
  REGISTRY_UNREACHABLE(5, 503),
  REGISTRY_REFUSED(5, 502),
  COPY_FAILED(5, 502),
  ATTESTATION_FAILED(5, 502),
  TAGGING_FAILED(5, 502),
  TIMED_OUT(5, 504),
  HALTED(5, 503),
  NOT_READY(5, 503),
  OUTCOME_UNKNOWN(5, 503),
  STORAGE_FULL(5, 503),
  SERVICE_UNREACHABLE(5, 503),
  TOO_BUSY(5, 503),
  TOO_MANY_STREAMS(5, 429),
  SIGNATURE_INVALID(6, 409),
  GATE_FAILED(8, 409),
  GATE_ERRORED(8, 409),
  POST_VALIDATION_FAILED(8, 409),
  FIRST_ENVIRONMENT(9, 409),
  SKIPPED_ENVIRONMENT(9, 409),
  BACKWARDS(9, 409),
  NOT_NEWER(9, 409),
  WAS_LIVE_BEFORE(9, 409),
  DIGEST_DIFFERS(9, 409),
  PLAN_CHANGED(9, 409),
  NOT_RETRYABLE(9, 409),
  ALREADY_ENDED(9, 409),
  TOO_LATE_TO_CANCEL(9, 409),
  REVISION_DIFFERS(9, 412),
  NEVER_IN_ENVIRONMENT(11, 409),
  NOT_AUTHENTICATED(12, 401),
  NOT_AUTHORISED(12, 403),
  SEPARATION_OF_DUTIES(14, 403),
  APPROVAL_NEEDED(15, 409),
  APPROVAL_PENDING(15, 409),
  RULES_CHANGED(15, 409),
  NO_ELIGIBLE_APPROVER(15, 409),
  APPROVAL_COMPLETE(16, 409),
  APPROVAL_DENIED(16, 409),
  APPROVAL_EXPIRED(16, 409),
  APPROVAL_WITHDRAWN(16, 409),
  PROMOTION_CANCELLED(16, 409),
  PROMOTION_SUPERSEDED(16, 409),
  SLOT_BUSY(17, 409),
  DIGEST_MISMATCH(21, 409),
  WAIT_RAN_OUT(124, 504);

  /** When several apply, the first of these is the exit code (contract, section 1). */
  private static final List<Integer> PRECEDENCE = List.of(12, 2, 3, 9, 13, 19, 17, 15);

  private final int exitCode;
  private final int status;

  ProblemCode(int exitCode, int status) {
    this.exitCode = exitCode;
    this.status = status;
  }

  /** The kebab-case word, such as {@code slot-busy}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public int exitCode() {
    return exitCode;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The constant behind {@code code}, if this version knows it. */
  public static Optional<ProblemCode> of(String code) {
    return Arrays.stream(values()).filter(known -> known.code().equals(code)).findFirst();
  }

  /**
   * The one of {@code codes} that decides exit code and status; unknown words count as unexpected.
   */
  public static ProblemCode weightiest(List<String> codes) {
    return codes.stream()
        .map(code -> of(code).orElse(UNEXPECTED))
        .min(Comparator.comparingInt(ProblemCode::rank))
        .orElse(UNEXPECTED);
  }

  private static int rank(ProblemCode code) {
    int rank = PRECEDENCE.indexOf(code.exitCode);
    return rank < 0 ? PRECEDENCE.size() : rank;
  }
}
