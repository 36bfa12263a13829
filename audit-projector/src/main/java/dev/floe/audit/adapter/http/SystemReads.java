package dev.floe.audit.adapter.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.floe.access.Teams;
import dev.floe.audit.ProjectorService;
import dev.floe.http.Nothing;
import dev.floe.http.ProblemException;
import dev.floe.http.Takes;
import dev.floe.kernel.Actor;
import dev.floe.manifest.Permission;
import dev.floe.manifest.ProblemCode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows what is configured and who is asking; folds everything anew on demand. */
@Controller("/api/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SystemReads {

  private final ProjectorService service;
  private final ReadDoor door;

  SystemReads(ProjectorService service, ReadDoor door) {
    this.service = service;
    this.door = door;
  }

  /** The manifest in force, with secrets replaced. */
  record ManifestView(
      int revision,
      String sha256,
      Instant appliedAt,
      String appliedBy,
      @JsonRawValue String manifest) {}

  /** Who is asking. */
  record WhoAmI(String user, String kind, Set<String> teams) {}

  @Get("/manifest")
  @Takes("at")
  HttpResponse<String> manifest(HttpRequest<?> request, Actor actor) {
    Question question = door.admit(request, actor);
    Instant at = Objects.requireNonNullElse(question.time("at"), service.clock().instant());
    return service
        .manifests()
        .at(at)
        .map(
            revision ->
                ReadDoor.json(
                        new ManifestView(
                            revision.number(),
                            revision.sha256(),
                            revision.since(),
                            revision.by(),
                            revision.json()))
                    .header("ETag", "\"%d\"".formatted(revision.number())))
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "No manifest was in force at %s.".formatted(at),
                    "Apply one: floe config apply manifest.yaml"));
  }

  @Get("/whoami")
  HttpResponse<String> whoAmI(Actor actor) {
    return ReadDoor.json(
        new WhoAmI(
            actor.name(), actor.kind().authType(), Teams.of(service.rules().manifest(), actor)));
  }

  /** Drops all projections and folds the log anew; reads are incomplete until that is done. */
  @Post("/projections/rebuild")
  HttpResponse<String> rebuild(HttpRequest<?> request, @Body @Nullable Nothing body, Actor actor) {
    door.admit(request, actor, Permission.CONFIGURE);
    service.rebuild();
    return ReadDoor.json(Map.of("state", "rebuilding")).status(202);
  }
}
