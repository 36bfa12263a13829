package dev.floe.audit.view;

import dev.floe.audit.view.Course.Target;
import dev.floe.manifest.Version;
import dev.floe.promotion.v1.ArtifactPublished;
import dev.floe.promotion.v1.GateOutcome;
import dev.floe.promotion.v1.PostValidationFailed;
import dev.floe.promotion.v1.PostValidationStarted;
import dev.floe.promotion.v1.PromotionFailed;
import dev.floe.promotion.v1.PromotionSucceeded;
import dev.floe.promotion.v1.TagStage;
import dev.floe.promotion.v1.TaggingStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * One artifact in one environment, while events of the promotion topic change it.
 *
 * @param live what is current; null before the first arrival
 * @param changed the arrivals that differ from what is stored
 */
public record Slot(@Nullable Arrival live, List<Arrival> changed) {

  public Slot {
    changed = List.copyOf(changed);
  }

  public static Slot of(@Nullable Arrival live) {
    return new Slot(live, List.of());
  }

  /** The environment of the slot that an event may change; empty for all others. */
  public static Optional<String> environmentIn(IndexedRecord event) {
    return switch (event) {
      case ArtifactPublished e -> Optional.of(e.getEnvironment());
      case PostValidationStarted e -> Optional.of(e.getTo());
      case TaggingStarted e when e.getStage() == TagStage.RELEASE -> Optional.of(e.getTo());
      case PromotionSucceeded e -> Optional.of(e.getTo());
      case PostValidationFailed e -> Optional.of(e.getTo());
      case PromotionFailed e -> Optional.of(e.getTo());
      default -> Optional.empty();
    };
  }

  /**
   * The slot after {@code fact}. Whatever follows the environment's tags says that they are set:
   * the version is live then, whether or not what comes after succeeds.
   *
   * @param row the promotion it is about; null for a publication
   */
  public Slot after(Fact fact, @Nullable PromotionRow row) {
    return switch (fact.body()) {
      case ArtifactPublished e -> published(fact, e);
      case PostValidationStarted _, TaggingStarted _, PromotionSucceeded _ ->
          row == null ? this : entered(fact, row);
      case PostValidationFailed e -> failed(fact, e.getPromotion(), unsound(e));
      case PromotionFailed e -> failed(fact, e.getPromotion(), e.getMessage());
      default -> this;
    };
  }

  private Slot published(Fact fact, ArtifactPublished e) {
    var arrival =
        new Arrival(
            fact.id(),
            fact.artifact(),
            e.getEnvironment(),
            e.getVersion(),
            e.getDigest(),
            fact.at(),
            null,
            null,
            null,
            fact.by(),
            e.getRef(),
            null,
            "");
    return live != null && isNewer(live.version(), e.getVersion())
        ? with(live, arrival.endedAt(fact.at()))
        : replacedBy(arrival);
  }

  private Slot entered(Fact fact, PromotionRow row) {
    Course course = row.course();
    if (course == null || (live != null && row.id().equals(live.promotion()))) {
      return this;
    }
    Course.Request request = course.request();
    String digest = request.digest() == null ? "" : request.digest();
    String base = request.targets().isEmpty() ? "" : primary(request.targets()).url() + "/";
    return replacedBy(
        new Arrival(
            fact.id(),
            row.artifact(),
            request.to(),
            request.version(),
            digest,
            fact.at(),
            null,
            row.id(),
            request.from(),
            request.requestedBy(),
            "%s%s:%s-%s".formatted(base, row.artifact(), request.version(), request.to()),
            null,
            ""));
  }

  private static Target primary(List<Target> targets) {
    return targets.stream()
        .filter(target -> target.name().equals("primary"))
        .findFirst()
        .orElse(targets.getFirst());
  }

  private static String unsound(PostValidationFailed e) {
    String gates =
        e.getFailed().stream().map(GateOutcome::getGate).collect(Collectors.joining(", "));
    return "Post-validation of %s failed%s; promote a corrected version"
        .formatted(e.getVersion(), gates.isEmpty() ? "" : " (" + gates + ")");
  }

  /** A promotion that failed before its tags moved leaves the slot as it is. */
  private Slot failed(Fact fact, String promotion, String why) {
    if (live == null || !promotion.equals(live.promotion()) || live.failedAt() != null) {
      return this;
    }
    Arrival failed = live.failed(fact.at(), why);
    return with(failed, failed);
  }

  private Slot replacedBy(Arrival arrival) {
    Slot ended = live == null ? this : with(live, live.endedAt(arrival.since()));
    return ended.with(arrival, arrival);
  }

  private Slot with(@Nullable Arrival newLive, Arrival change) {
    List<Arrival> changes = new ArrayList<>(changed);
    changes.removeIf(each -> each.id().equals(change.id()));
    changes.add(change);
    return new Slot(newLive, changes);
  }

  private static boolean isNewer(String version, String than) {
    return Version.parse(version).isNewerThan(Version.parse(than));
  }
}
