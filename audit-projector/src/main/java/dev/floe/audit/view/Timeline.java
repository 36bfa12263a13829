package dev.floe.audit.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A version's way through the environments: the contract's shape, section 6. */
public record Timeline(String version, String digest, List<Step> steps) {

  /**
   * One step.
   *
   * @param event published, or the state that a promotion came into
   * @param durationMs how long it stayed; null where that is not over, or has no end
   * @param promotion null for the publication
   */
  public record Step(
      String environment,
      String event,
      Instant at,
      String by,
      @Nullable Long durationMs,
      @Nullable String promotion) {}

  public static Timeline of(PublishedVersion published, List<PromotionRow> promotions) {
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step(
            published.environment(),
            "published",
            published.createdAt(),
            published.by(),
            null,
            null));
    for (PromotionRow row : promotions) {
      if (row.course() != null) {
        steps.addAll(steps(row.id(), row.course()));
      }
    }
    steps.sort(Comparator.comparing(Step::at));
    return new Timeline(published.version(), published.digest(), steps);
  }

  private static List<Step> steps(String promotion, Course course) {
    List<Step> steps = new ArrayList<>();
    List<Course.Step> states = course.steps();
    for (int i = 0; i < states.size(); i++) {
      Course.Step state = states.get(i);
      Long duration =
          i + 1 < states.size()
              ? (Long) Duration.between(state.at(), states.get(i + 1).at()).toMillis()
              : null;
      steps.add(
          new Step(
              course.request().to(), state.state(), state.at(), state.by(), duration, promotion));
    }
    return steps;
  }
}
