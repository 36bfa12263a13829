package dev.floe.audit.view;

import dev.floe.audit.view.Course.Quorum;
import dev.floe.audit.view.Course.Request;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A promotion as clients see it: the contract's shape, section 6. */
public record PromotionView(
    String id,
    String kind,
    String artifact,
    String version,
    @Nullable String digest,
    @Nullable String from,
    String to,
    String state,
    String requestedBy,
    Instant requestedAt,
    Instant updatedAt,
    boolean dryRun,
    @Nullable String planHash,
    @Nullable Integer manifestRevision,
    List<Gate> gates,
    @Nullable Approval approval,
    List<Registry> registries,
    List<String> tags,
    List<Blocker> blockedBy,
    @Nullable String retryOf,
    String reason) {

  /**
   * One gate that has begun, or was skipped.
   *
   * @param outcome null while it runs
   */
  public record Gate(
      String name,
      String phase,
      @Nullable String outcome,
      @Nullable Long durationMs,
      @Nullable Integer exitCode,
      String output,
      String reason,
      String hint,
      String message,
      @Nullable String isolation,
      @Nullable String notGuaranteed,
      int attempt,
      Instant startedAt) {

    static Gate of(GateLog.Run run) {
      return new Gate(
          run.name(),
          run.phase(),
          run.outcome(),
          run.durationMs(),
          run.exitCode(),
          run.output(),
          run.reason(),
          run.hint(),
          run.message(),
          run.isolation(),
          run.notGuaranteed(),
          run.attempt(),
          run.startedAt());
    }
  }

  /** Who was asked and who said what. */
  public record Approval(
      String id,
      String state,
      @Nullable Instant expiresAt,
      @Nullable Instant endedAt,
      List<Asking.Team> teams,
      @Nullable String deniedBy,
      Asking.@Nullable Denial denial,
      String reason) {}

  /** One registry of the target environment. */
  public record Registry(String name, String ref, String state, long bytes, String message) {}

  /** The promotion in {@code row}; empty as long as its own topic has said nothing. */
  public static Optional<PromotionView> of(PromotionRow row) {
    Course course = row.course();
    if (course == null) {
      return Optional.empty();
    }
    Request request = course.request();
    return Optional.of(
        new PromotionView(
            row.id(),
            "promotion",
            row.artifact(),
            request.version(),
            request.digest(),
            request.from(),
            request.to(),
            course.state(),
            request.requestedBy(),
            request.at(),
            row.updatedAt(),
            false,
            request.planHash(),
            request.manifestRevision(),
            gates(request, row.gates()),
            approval(row, course),
            registries(row, request),
            tags(course, row.copies()),
            course.blockedBy(),
            request.retryOf(),
            request.reason()));
  }

  public boolean isFinal() {
    return Course.isFinal(state);
  }

  static List<Gate> gates(Request request, @Nullable GateLog log) {
    if (log == null) {
      return List.of();
    }
    Comparator<GateLog.Run> order =
        Comparator.comparing(GateLog.Run::phase, Comparator.reverseOrder())
            .thenComparingInt(run -> place(request, run));
    return log.runs().stream().sorted(order).map(Gate::of).toList();
  }

  private static int place(Request request, GateLog.Run run) {
    List<String> order = run.phase().equals("after") ? request.postGates() : request.gates();
    int place = order.indexOf(run.name());
    return place < 0 ? order.size() : place;
  }

  /** The promotion may know that people are asked before the approval's own topic is read. */
  private static @Nullable Approval approval(PromotionRow row, Course course) {
    Asking asking = row.asking();
    if (asking != null) {
      return new Approval(
          row.id(),
          asking.state(),
          asking.expiresAt(),
          asking.endedAt(),
          asking.teams(),
          asking.deniedBy(),
          asking.denial(),
          asking.reason());
    }
    List<Quorum> teams = course.request().teams();
    return course.peopleAsked() && teams != null
        ? new Approval(
            row.id(),
            "pending",
            null,
            null,
            teams.stream().map(t -> new Asking.Team(t.team(), t.required(), List.of())).toList(),
            null,
            null,
            "")
        : null;
  }

  private static List<Registry> registries(PromotionRow row, Request request) {
    List<Copies.Copy> copies =
        Optional.ofNullable(row.copies()).map(Copies::registries).orElse(List.of());
    if (!copies.isEmpty()) {
      return copies.stream()
          .map(
              copy ->
                  new Registry(copy.name(), copy.ref(), copy.state(), copy.bytes(), copy.message()))
          .toList();
    }
    String digest = Objects.requireNonNullElse(request.digest(), "");
    return request.targets().stream()
        .map(
            target ->
                new Registry(
                    target.name(),
                    "%s/%s@%s".formatted(target.url(), row.artifact(), digest),
                    "pending",
                    0,
                    ""))
        .toList();
  }

  private static List<String> tags(Course course, @Nullable Copies copies) {
    Set<String> tags = new LinkedHashSet<>(copies == null ? List.of() : copies.tags());
    tags.addAll(course.refs());
    return List.copyOf(tags);
  }
}
