package dev.floe.promotion.adapter.http;

import dev.floe.kernel.Recorded;
import dev.floe.kernel.Rfc3339;
import dev.floe.manifest.RegistryUrl;
import dev.floe.promotion.adapter.http.PromotionView.ApprovalView;
import dev.floe.promotion.adapter.http.PromotionView.GateView;
import dev.floe.promotion.adapter.http.PromotionView.RegistryView;
import dev.floe.promotion.adapter.http.PromotionView.TeamView;
import dev.floe.promotion.domain.line.EndStates;
import dev.floe.promotion.domain.line.Ended;
import dev.floe.promotion.domain.line.Promotion;
import dev.floe.promotion.domain.line.Promotion.Approved;
import dev.floe.promotion.domain.line.Promotion.AwaitingApproval;
import dev.floe.promotion.domain.line.Promotion.Copying;
import dev.floe.promotion.domain.line.Promotion.Queued;
import dev.floe.promotion.domain.line.Promotion.Ready;
import dev.floe.promotion.domain.line.Promotion.Tagging;
import dev.floe.promotion.domain.line.Promotion.Validating;
import dev.floe.promotion.domain.line.Promotion.Verifying;
import dev.floe.promotion.domain.message.ApprovalRules;
import dev.floe.promotion.domain.message.Plan;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.OfPromotion;
import dev.floe.promotion.domain.message.PromotionEvent.PostValidationFailed;
import dev.floe.promotion.domain.message.PromotionEvent.PostValidationPassed;
import dev.floe.promotion.domain.message.PromotionEvent.PostValidationStarted;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionApproved;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionCancelled;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionFailed;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionQueued;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRequested;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionStarted;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionSucceeded;
import dev.floe.promotion.domain.message.PromotionEvent.TaggingStarted;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationFailed;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationPassed;
import dev.floe.promotion.domain.message.PromotionEvent.ValidationStarted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows promotions the way the contract does. */
final class PromotionViews {

  private static final String KIND = "promotion";

  private PromotionViews() {}

  /** The promotion that was requested, in the state that its decision led to. */
  static PromotionView requested(
      String artifact, PromotionRequested r, String state, @Nullable Instant at) {
    String time = at == null ? null : Rfc3339.text(at);
    return of(artifact, r, state, time, false, null);
  }

  /** What a request would have led to. */
  static PromotionView simulated(String artifact, PromotionRequested r) {
    return of(artifact, r, "requested", null, true, null);
  }

  /** A promotion that is open already. */
  static PromotionView open(String artifact, Promotion promotion, boolean dryRun) {
    String note = "This promotion is already open.";
    return of(artifact, promotion.progress().request(), state(promotion), null, dryRun, note);
  }

  /** A promotion that is over, of which little is kept. */
  static PromotionView ended(String artifact, Ended ended) {
    var known =
        new Known(
            ended.promotion(), ended.version().toString(), ended.digest().toString(), ended.to());
    return bare(artifact, known, ended.state(), false, null);
  }

  /** That nothing was to be done. */
  static PromotionView alreadyLive(String artifact, Known known, boolean dryRun) {
    String note = "%s is already live in %s.".formatted(known.version(), known.to());
    return bare(artifact, known, "succeeded", dryRun, note);
  }

  /** The little that is known of a promotion that is not open; a publication has no id. */
  record Known(@Nullable String id, String version, String digest, String to) {}

  private static PromotionView bare(
      String artifact, Known known, String state, boolean dryRun, @Nullable String note) {
    return new PromotionView(
        known.id(),
        KIND,
        artifact,
        known.version(),
        known.digest(),
        null,
        known.to(),
        state,
        null,
        null,
        null,
        dryRun,
        null,
        null,
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of(),
        note);
  }

  private static PromotionView of(
      String artifact,
      PromotionRequested r,
      String state,
      @Nullable String at,
      boolean dryRun,
      @Nullable String note) {
    return new PromotionView(
        dryRun ? null : r.promotion(),
        KIND,
        artifact,
        r.version().toString(),
        r.digest().toString(),
        r.from(),
        r.to(),
        state,
        r.requestedBy(),
        at,
        at,
        dryRun,
        r.planHash(),
        r.manifestRevision(),
        gates(r.plan(), dryRun),
        approval(r, dryRun),
        registries(artifact, r),
        tags(artifact, r),
        List.of(),
        note);
  }

  private static List<GateView> gates(Plan plan, boolean dryRun) {
    String outcome = dryRun ? "simulated" : null;
    return Stream.concat(
            plan.gates().stream().map(gate -> new GateView(gate.name(), "before", outcome)),
            plan.postValidation().stream().map(gate -> new GateView(gate.name(), "after", outcome)))
        .toList();
  }

  private static @Nullable ApprovalView approval(PromotionRequested r, boolean dryRun) {
    ApprovalRules rules = r.plan().approval();
    if (rules == null) {
      return null;
    }
    return new ApprovalView(
        dryRun ? null : r.promotion(),
        null,
        rules.timeout().toString(),
        rules.teams().stream()
            .map(team -> new TeamView(team.team(), team.required(), List.of()))
            .toList());
  }

  private static List<RegistryView> registries(String artifact, PromotionRequested r) {
    return r.plan().targets().stream()
        .map(
            target ->
                new RegistryView(
                    target.name(),
                    RegistryUrl.parse(target.url()).ref(artifact, r.digest()).toString(),
                    "pending"))
        .toList();
  }

  private static List<String> tags(String artifact, PromotionRequested r) {
    RegistryUrl primary = RegistryUrl.parse(r.plan().targets().getFirst().url());
    return Stream.concat(r.plan().tags().stream(), Stream.ofNullable(r.plan().releaseTag()))
        .map(tag -> primary.ref(artifact, tag).toString())
        .toList();
  }

  private static String state(Promotion promotion) {
    return switch (promotion) {
      case Ready _ -> "requested";
      case Queued _ -> "queued";
      case Validating _ -> "validating";
      case AwaitingApproval _ -> "awaiting_approval";
      case Approved _ -> "approved";
      case Copying _, Tagging _ -> "executing";
      case Verifying _ -> "verifying";
    };
  }

  /** The state that a decision's events left the promotion in. */
  static Optional<String> stateAfter(List<Recorded<PromotionEvent>> facts, String id) {
    return facts.stream()
        .map(Recorded::event)
        .filter(OfPromotion.class::isInstance)
        .map(OfPromotion.class::cast)
        .filter(event -> event.promotion().equals(id))
        .map(PromotionViews::stateAfter)
        .reduce((_, last) -> last);
  }

  private static String stateAfter(OfPromotion event) {
    return switch (event) {
      case PromotionRequested _ -> "requested";
      case PromotionQueued _ -> "queued";
      case ValidationStarted _ -> "validating";
      case ValidationPassed e -> e.approval() == null ? "approved" : "awaiting_approval";
      case PromotionApproved _ -> "approved";
      case PromotionStarted _, TaggingStarted _ -> "executing";
      case PostValidationStarted _, PostValidationPassed _, PostValidationFailed _ -> "verifying";
      case PromotionSucceeded _ -> "succeeded";
      case ValidationFailed _ -> "failed";
      case PromotionFailed e -> EndStates.of(e.cause());
      case PromotionCancelled _ -> "cancelled";
    };
  }
}
