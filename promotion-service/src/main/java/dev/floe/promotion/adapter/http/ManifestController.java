package dev.floe.promotion.adapter.http;

import dev.floe.http.CommandIds;
import dev.floe.http.Problem;
import dev.floe.http.ProblemException;
import dev.floe.http.Takes;
import dev.floe.kernel.Actor;
import dev.floe.manifest.FreeText;
import dev.floe.manifest.Name;
import dev.floe.manifest.ProblemCode;
import dev.floe.messaging.Position;
import dev.floe.promotion.PromotionService;
import dev.floe.promotion.application.ManifestDesk;
import dev.floe.promotion.application.ManifestDesk.Offer;
import dev.floe.promotion.application.ManifestDesk.Outcome;
import dev.floe.schemas.Topics;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes a new manifest; who may apply one is decided by the journal. */
@Controller("/api/v1/manifest")
final class ManifestController {

  private final PromotionService service;
  private final CommandIds ids;

  ManifestController(PromotionService service, CommandIds ids) {
    this.service = service;
    this.ids = ids;
  }

  /** What is in force now, with the warnings about it. */
  record ManifestView(int revision, String sha256, List<ProblemView> problems) {}

  /** One thing wrong in a manifest. */
  record ProblemView(
      String file,
      int line,
      int column,
      String severity,
      String message,
      String hint,
      String code) {

    static ProblemView of(dev.floe.manifest.Problem problem) {
      return new ProblemView(
          problem.file(),
          problem.line(),
          problem.column(),
          problem.severity().name().toLowerCase(Locale.ROOT),
          problem.message(),
          problem.hint(),
          problem.code());
    }
  }

  @Put
  @Takes("allowEmpty")
  @Consumes({"application/yaml", "application/x-yaml", "text/yaml", "text/plain", "*/*"})
  @ExecuteOn(TaskExecutors.BLOCKING)
  CompletableFuture<HttpResponse<ManifestView>> apply(
      HttpRequest<?> request,
      @Body String yaml,
      Actor actor,
      @Header("If-Match") @Nullable String ifMatch,
      @Header("Floe-File") @Nullable String file,
      @QueryValue(defaultValue = "false") boolean allowEmpty) {
    String name = file == null ? "manifest.yaml" : Name.FILE.checked(file);
    var offer = new Offer(yaml, name, revision(ifMatch), allowEmpty);
    try {
      return service
          .manifestDesk()
          .apply(ids.asked(request, actor, ManifestDesk.KEY, offer, offer))
          .thenApply(ManifestController::answered);
    } catch (ManifestDesk.TooLarge tooLarge) {
      throw new ProblemException(
          ProblemCode.TOO_LARGE,
          String.valueOf(tooLarge.getMessage()),
          "Shorten it: scripts and policies can stand in files of their own.");
    }
  }

  private static HttpResponse<ManifestView> answered(Outcome outcome) {
    List<ProblemView> problems = outcome.problems().stream().map(ProblemView::of).toList();
    if (!outcome.answer().accepted()) {
      throw new ProblemException(
          Problem.refused(outcome.answer().because()).with(Map.of("problems", problems)));
    }
    MutableHttpResponse<ManifestView> response =
        HttpResponse.<ManifestView>ok()
            .header("ETag", "\"" + outcome.revision() + "\"")
            .header("Location", "/api/v1/manifest");
    Position.of(Topics.CONFIG_EVENTS.name(), outcome.answer())
        .ifPresent(position -> response.header("Floe-Position", position.encode()));
    return response.body(new ManifestView(outcome.revision(), outcome.sha256(), problems));
  }

  private static @Nullable Integer revision(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.equals("*")) {
      return null;
    }
    try {
      return Integer.valueOf(ifMatch.replace("\"", "").strip());
    } catch (NumberFormatException _) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST,
          "If-Match is '%s', which is not a revision number.".formatted(FreeText.quoted(ifMatch)),
          "Send the revision that `floe config show` prints, or leave it out.");
    }
  }
}
