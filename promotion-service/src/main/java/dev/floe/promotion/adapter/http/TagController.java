package dev.floe.promotion.adapter.http;

import dev.floe.http.CommandIds;
import dev.floe.http.Problem;
import dev.floe.http.ProblemException;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Journal.Answer;
import dev.floe.manifest.Name;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.RegistryUrl;
import dev.floe.messaging.Position;
import dev.floe.promotion.PromotionService;
import dev.floe.promotion.domain.message.PromotionCommand.TagVersion;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.TagRepaired;
import dev.floe.schemas.Topics;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Has the tags of a version set again in an environment where it is or was. */
@Controller("/api/v1/artifacts")
final class TagController {

  private final PromotionService service;
  private final CommandIds ids;

  TagController(PromotionService service, CommandIds ids) {
    this.service = service;
    this.ids = ids;
  }

  /** Where. */
  record Wanted(@Nullable String env) {}

  /**
   * What is being set.
   *
   * @param tags full references in every registry of the environment, the primary's first
   */
  record RepairView(
      String artifact,
      int repair,
      String version,
      String digest,
      String environment,
      List<String> tags) {}

  @Post("/{artifact}/versions/{version}/tags")
  CompletableFuture<HttpResponse<RepairView>> tag(
      HttpRequest<?> request, String artifact, String version, @Body Wanted wanted, Actor actor) {
    String name = Name.ARTIFACT.checked(artifact);
    String environment = wanted.env();
    if (environment == null) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST, "The environment is missing.", "Send {\"env\": \"prod\"}.");
    }
    var command = new TagVersion(version, environment);
    return service
        .journal()
        .submit(ids.asked(request, actor, name, command, command))
        .thenApply(answer -> answered(name, answer));
  }

  private static HttpResponse<RepairView> answered(String artifact, Answer<PromotionEvent> answer) {
    if (!answer.accepted()) {
      throw new ProblemException(Problem.refused(answer.because()));
    }
    RepairView view =
        answer.facts().stream()
            .map(fact -> fact.event())
            .filter(TagRepaired.class::isInstance)
            .map(event -> view(artifact, (TagRepaired) event))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("a repair without its event"));
    MutableHttpResponse<RepairView> response =
        HttpResponse.<RepairView>accepted()
            .header(
                "Location", "/api/v1/artifacts/%s/versions/%s".formatted(artifact, view.version()));
    Position.of(Topics.PROMOTION_EVENTS.name(), answer)
        .ifPresent(position -> response.header("Floe-Position", position.encode()));
    return response.body(view);
  }

  private static RepairView view(String artifact, TagRepaired e) {
    List<String> refs =
        e.targets().stream()
            .map(target -> RegistryUrl.parse(target.url()))
            .flatMap(url -> e.tags().stream().map(tag -> url.ref(artifact, tag).toString()))
            .toList();
    return new RepairView(
        artifact, e.intent(), e.version().toString(), e.digest().toString(), e.environment(), refs);
  }
}
