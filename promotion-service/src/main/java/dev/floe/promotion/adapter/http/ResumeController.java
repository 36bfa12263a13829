package dev.floe.promotion.adapter.http;

import dev.floe.http.CommandIds;
import dev.floe.http.Problem;
import dev.floe.http.ProblemException;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Journal.Answer;
import dev.floe.manifest.FreeText;
import dev.floe.manifest.Name;
import dev.floe.messaging.Position;
import dev.floe.promotion.PromotionService;
import dev.floe.promotion.domain.message.PromotionCommand.ResumeArtifact;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.schemas.Topics;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lets a halted artifact go on, once the cause is gone. */
@Controller("/api/v1/artifacts")
final class ResumeController {

  private final PromotionService service;
  private final CommandIds ids;

  ResumeController(PromotionService service, CommandIds ids) {
    this.service = service;
    this.ids = ids;
  }

  /** Why. */
  record Resumption(@Nullable String reason) {}

  @Post("/{artifact}/resume")
  CompletableFuture<HttpResponse<Map<String, String>>> resume(
      HttpRequest<?> request, String artifact, @Body @Nullable Resumption why, Actor actor) {
    String name = Name.ARTIFACT.checked(artifact);
    String reason =
        why == null || why.reason() == null ? "" : FreeText.meant("reason", why.reason());
    var command = new ResumeArtifact(reason);
    return service
        .journal()
        .submit(ids.asked(request, actor, name, command, command))
        .thenApply(answer -> answered(name, answer));
  }

  private static HttpResponse<Map<String, String>> answered(
      String artifact, Answer<PromotionEvent> answer) {
    if (!answer.accepted()) {
      throw new ProblemException(Problem.refused(answer.because()));
    }
    MutableHttpResponse<Map<String, String>> response = HttpResponse.accepted();
    Position.of(Topics.PROMOTION_EVENTS.name(), answer)
        .ifPresent(position -> response.header("Floe-Position", position.encode()));
    return response.body(Map.of("artifact", artifact));
  }
}
