package dev.floe.registry.adapter.http;

import dev.floe.http.CommandIds;
import dev.floe.http.Nothing;
import dev.floe.http.Problem;
import dev.floe.http.ProblemException;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Journal.Answer;
import dev.floe.manifest.Name;
import dev.floe.manifest.ProblemCode;
import dev.floe.messaging.Position;
import dev.floe.registry.RegistrySyncService;
import dev.floe.registry.application.TagChecks.Look;
import dev.floe.registry.application.TagInspection.Unread;
import dev.floe.registry.domain.RegistryEvent;
import dev.floe.registry.domain.TagFinding;
import dev.floe.schemas.Topics;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares the tags of an artifact's registries with the log, at once. */
@Controller("/api/v1/artifacts")
final class TagChecksController {

  private final RegistrySyncService service;
  private final CommandIds ids;

  TagChecksController(RegistrySyncService service, CommandIds ids) {
    this.service = service;
    this.ids = ids;
  }

  @Post("/{artifact}/tag-checks")
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<Map<String, Object>> check(
      HttpRequest<?> request, String artifact, @Body @Nullable Nothing body, Actor actor) {
    var _ = Name.ARTIFACT.checked(artifact);
    String id = ids.of(request, actor, "check tags of " + artifact);
    Look look =
        service
            .tagChecks()
            .look(id, artifact, actor)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemCode.UNKNOWN_ARTIFACT,
                        "No tag of '%s' was ever set.".formatted(artifact),
                        "Publish a version of it first."));
    Answer<RegistryEvent> answer = look.answer().join();
    if (!answer.accepted()) {
      throw new ProblemException(Problem.refused(answer.because()));
    }
    MutableHttpResponse<Map<String, Object>> response =
        HttpResponse.ok(
            Map.of(
                "artifact", artifact,
                "repositories", look.seen().check().repositories(),
                "findings", findings(look.seen().check().findings()),
                "unread", look.seen().unread().stream().map(TagChecksController::unread).toList()));
    Position.of(Topics.REGISTRY_EVENTS.name(), answer)
        .ifPresent(position -> response.header("Floe-Position", position.encode()));
    return response;
  }

  private static List<Map<String, Object>> findings(List<TagFinding> findings) {
    return findings.stream().map(TagChecksController::finding).toList();
  }

  private static Map<String, Object> finding(TagFinding finding) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("environment", finding.environment());
    told.put("registry", finding.registry());
    told.put("ref", finding.ref());
    told.put("kind", finding.kind().name().toLowerCase(Locale.ROOT));
    if (finding.expected() != null) {
      told.put("expected", finding.expected().toString());
    }
    if (finding.found() != null) {
      told.put("found", finding.found().toString());
    }
    return told;
  }

  private static Map<String, Object> unread(Unread place) {
    return Map.of(
        "environment", place.environment(),
        "registry", place.registry(),
        "repository", place.repository(),
        "code", place.problem().code(),
        "message", place.message());
  }
}
