package dev.floe.promotion.adapter.http;

import dev.floe.http.CommandIds;
import dev.floe.http.Problem;
import dev.floe.http.ProblemException;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Journal.Answer;
import dev.floe.manifest.FreeText;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Name;
import dev.floe.manifest.ProblemCode;
import dev.floe.messaging.Position;
import dev.floe.promotion.PromotionService;
import dev.floe.promotion.application.RuledPromotions;
import dev.floe.promotion.domain.line.Live;
import dev.floe.promotion.domain.line.Promotion;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.PromotionCommand.CancelPromotion;
import dev.floe.promotion.domain.message.PromotionCommand.RequestPromotion;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.OfPromotion;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRefused;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRequested;
import dev.floe.promotion.domain.rule.Rules;
import dev.floe.schemas.Topics;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes requests for promotions; whether they may be is decided by the journal. */
@Controller("/api/v1/promotions")
final class PromotionController {

  private final PromotionService service;
  private final CommandIds ids;
  private final InstantSource clock;

  PromotionController(PromotionService service, CommandIds ids, InstantSource clock) {
    this.service = service;
    this.ids = ids;
    this.clock = clock;
  }

  /** The body of a request; what is not said is no. */
  record Wanted(
      @Nullable String artifact,
      @Nullable String version,
      @Nullable String from,
      @Nullable String to,
      boolean dryRun,
      boolean requestApproval,
      boolean queue,
      boolean force,
      boolean overrideFreeze,
      boolean downgrade,
      @Nullable String reason,
      @Nullable List<String> registries,
      @Nullable String plan,
      @Nullable String retry) {

    RequestPromotion command() {
      if (version == null || to == null) {
        throw new ProblemException(
            ProblemCode.BAD_REQUEST,
            "A promotion needs a version and a target environment.",
            "Send {\"version\": \"v1.2.3\", \"to\": \"staging\"}.");
      }
      if (force || overrideFreeze) {
        throw new ProblemException(
            ProblemCode.NOT_SUPPORTED_YET,
            "%s is not supported yet.".formatted(force ? "force" : "overrideFreeze"),
            "Leave it out.");
      }
      return new RequestPromotion(
          version,
          from,
          to,
          // A dry run tells what a request with its approval would lead to.
          requestApproval || dryRun,
          queue,
          downgrade,
          retry,
          plan,
          registries == null ? List.of() : registries,
          reason == null ? "" : FreeText.meant("reason", reason));
    }
  }

  /** Why a promotion is to end. */
  record Cancellation(@Nullable String reason) {}

  @Post
  CompletableFuture<HttpResponse<PromotionView>> promote(
      HttpRequest<?> request, @Body Wanted wanted, Actor actor) {
    RequestPromotion command = wanted.command();
    String artifact = artifact(wanted.artifact());
    Asked<RequestPromotion> asked = ids.asked(request, actor, artifact, wanted, command);
    if (wanted.dryRun()) {
      return CompletableFuture.completedFuture(HttpResponse.ok(simulate(asked)));
    }
    return service
        .journal()
        .submit(asked.with(command))
        .thenApply(answer -> answered(artifact, command, answer));
  }

  @Post("/{id}/cancel")
  CompletableFuture<HttpResponse<Map<String, Object>>> cancel(
      HttpRequest<?> request, String id, @Body @Nullable Cancellation why, Actor actor) {
    String reason =
        why == null || why.reason() == null ? "" : FreeText.meant("reason", why.reason());
    var command = new CancelPromotion(id, reason);
    // Nobody knows the artifact of an unknown promotion; the refusal is recorded all the same.
    String artifact = service.lines().artifactOf(id).orElseGet(() -> artifact(null));
    return service
        .journal()
        .submit(ids.asked(request, actor, artifact, command, command))
        .thenApply(
            answer -> {
              if (!answer.accepted()) {
                throw new ProblemException(Problem.refused(answer.because()).about(id));
              }
              return at(answer, HttpResponse.<Map<String, Object>>accepted(), id)
                  .body(Map.of("id", id, "state", "cancelled"));
            });
  }

  private HttpResponse<PromotionView> answered(
      String artifact, RequestPromotion command, Answer<PromotionEvent> answer) {
    if (!answer.accepted()) {
      Problem problem = Problem.refused(answer.because());
      throw new ProblemException(
          refusedId(answer).map(problem::about).orElse(problem), positionOf(answer));
    }
    if (answer.facts().isEmpty()) {
      return HttpResponse.ok(standing(artifact, command, false));
    }
    // A decision is about the promotion that was asked for first, then about what that let go.
    String id = ((OfPromotion) answer.facts().getFirst().event()).promotion();
    return at(answer, HttpResponse.<PromotionView>accepted(), id).body(view(artifact, id, answer));
  }

  private PromotionView view(String artifact, String id, Answer<PromotionEvent> answer) {
    String state = PromotionViews.stateAfter(answer.facts(), id).orElse("requested");
    var first = answer.facts().getFirst();
    if (first.event() instanceof PromotionRequested requested) {
      return PromotionViews.requested(artifact, requested, state, first.at());
    }
    ReleaseLine line = service.lines().of(artifact);
    return line.open()
        .get(id)
        .map(p -> PromotionViews.requested(artifact, p.progress().request(), state, null))
        .or(() -> line.ended().get(id).map(ended -> PromotionViews.ended(artifact, ended)))
        .orElseThrow();
  }

  private PromotionView simulate(Asked<RequestPromotion> asked) {
    ReleaseLine line = service.lines().of(asked.subject());
    var now =
        new Asked<>(asked.id(), asked.subject(), clock.instant(), asked.by(), asked.command());
    Decision<PromotionEvent> decision =
        new RuledPromotions(service::rules).decide(line, now.with(asked.command()));
    return switch (decision) {
      case Decision.Refused<PromotionEvent> refused ->
          throw new ProblemException(Problem.refused(refused.because()));
      case Decision.Accepted<PromotionEvent> accepted ->
          accepted.events().stream()
              .filter(PromotionRequested.class::isInstance)
              .map(PromotionRequested.class::cast)
              .map(requested -> PromotionViews.simulated(asked.subject(), requested))
              .findFirst()
              .orElseGet(() -> standing(asked.subject(), asked.command(), true));
    };
  }

  /** What a request that changes nothing is about: a promotion under way, or what is live. */
  private PromotionView standing(String artifact, RequestPromotion command, boolean dryRun) {
    ReleaseLine line = service.lines().of(artifact);
    var version = rules().manifest().versionRef(command.version()).version();
    Optional<Promotion> open = line.openFor(version, command.to());
    Live live = line.slot(command.to()).current();
    if (open.isPresent()) {
      return PromotionViews.open(artifact, open.get(), dryRun);
    }
    if (live != null && live.version().equals(version)) {
      var known =
          new PromotionViews.Known(
              live.promotion(), version.toString(), live.digest().toString(), command.to());
      return PromotionViews.alreadyLive(artifact, known, dryRun);
    }
    throw new ProblemException(
        ProblemCode.OUTCOME_UNKNOWN,
        "The promotion ended while it was being requested.",
        "See how it ended: floe platform status " + command.to());
  }

  private String artifact(@Nullable String named) {
    String artifact =
        named != null
            ? named
            : service
                .rules()
                .map(rules -> rules.manifest().defaultArtifact())
                .orElse(Manifest.DEFAULT_ARTIFACT);
    return Name.ARTIFACT.checked(artifact);
  }

  private Rules rules() {
    return service
        .rules()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemCode.NOT_READY,
                    "No manifest is in force yet.",
                    "Apply one: floe config apply manifest.yaml"));
  }

  private static <B> MutableHttpResponse<B> at(
      Answer<PromotionEvent> answer, MutableHttpResponse<?> response, String id) {
    MutableHttpResponse<?> located = response.header("Location", "/api/v1/promotions/" + id);
    positionOf(answer).forEach(located::header);
    @SuppressWarnings("unchecked") // a response without a body may get any
    var typed = (MutableHttpResponse<B>) located;
    return typed;
  }

  private static Map<String, String> positionOf(Answer<PromotionEvent> answer) {
    return Position.of(Topics.PROMOTION_EVENTS.name(), answer)
        .map(position -> Map.of("Floe-Position", position.encode()))
        .orElse(Map.of());
  }

  private static Optional<String> refusedId(Answer<PromotionEvent> answer) {
    return answer.facts().stream()
        .map(fact -> fact.event())
        .filter(PromotionRefused.class::isInstance)
        .map(event -> ((PromotionRefused) event).promotion())
        .findFirst();
  }
}
