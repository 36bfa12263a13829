package dev.floe.cli.console;

import dev.floe.cli.document.Doc;
import dev.floe.manifest.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends a command: why, what to do about it, and the exit code. */
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The exit code after Ctrl-C. */
  public static final int INTERRUPTED = 130;

  private final transient Reason reason;
  private final transient Doc about;
  private final boolean told;

  /**
   * Why a command ends.
   *
   * @param code kebab-case word, as docs/errors.md lists them
   * @param hint what to do about it; empty where nothing sensible can be said
   * @param blockedBy everything that stands in the way, where it is more than this
   */
  public record Reason(
      String code, String message, String hint, int exitCode, List<Doc> blockedBy) {

    public Reason {
      blockedBy = List.copyOf(blockedBy);
    }
  }

  private Failure(Reason reason, Doc about, boolean told, @Nullable Throwable cause) {
    super(reason.message(), cause);
    this.reason = reason;
    this.about = about;
    this.told = told;
  }

  public Failure(Reason reason) {
    this(reason, Doc.EMPTY, false, null);
  }

  public static Failure of(ProblemCode code, String message, String hint) {
    return new Failure(new Reason(code.code(), message, hint, code.exitCode(), List.of()));
  }

  /** Somebody typed something that cannot be meant. */
  public static Failure usage(String message, String hint) {
    return of(ProblemCode.BAD_REQUEST, message, hint);
  }

  /** Somebody pressed Ctrl-C, or the thread was told to stop. */
  public static Failure interrupted(String message, String hint) {
    return new Failure(new Reason("interrupted", message, hint, INTERRUPTED, List.of()));
  }

  public Reason reason() {
    return reason;
  }

  public int exitCode() {
    return reason.exitCode();
  }

  /** Whether the picture on standard output has said it already. */
  public boolean told() {
    return told;
  }

  /** The same, with a member more beside {@code error}, such as the promotion. */
  public Failure with(String member, Doc value) {
    return new Failure(reason, about.with(member, value.members()), told, getCause());
  }

  /** The same, with all members of {@code more} beside {@code error}. */
  public Failure withAll(Doc more) {
    Doc all = about;
    for (Map.Entry<String, @Nullable Object> member : more.members().entrySet()) {
      Object value = member.getValue();
      all = value == null ? all : all.with(member.getKey(), value);
    }
    return new Failure(reason, all, told, getCause());
  }

  /** The same, with a sentence more. */
  public Failure saying(String more) {
    String message = more.isEmpty() ? reason.message() : reason.message() + " " + more;
    Reason longer =
        new Reason(reason.code(), message, reason.hint(), reason.exitCode(), reason.blockedBy());
    return new Failure(longer, about, told, getCause());
  }

  /** The same, after people were told what happened. */
  public Failure alreadyTold() {
    return new Failure(reason, about, true, getCause());
  }

  /** What is known beside the error. */
  public Doc about() {
    return about;
  }

  /** {@code {"error":{…},"promotion":…,"exitCode":N}}. */
  public Doc document() {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("code", reason.code());
    error.put("message", reason.message());
    error.put("hint", reason.hint());
    error.put("blockedBy", reason.blockedBy().stream().map(Doc::members).toList());
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("error", error);
    all.putAll(about.members());
    all.put("exitCode", reason.exitCode());
    return new Doc(all);
  }
}
