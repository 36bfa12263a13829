package dev.floe.audit.adapter.http;

import dev.floe.audit.ProjectorService;
import dev.floe.audit.view.VersionView;
import dev.floe.http.ProblemException;
import dev.floe.http.Takes;
import dev.floe.kernel.Actor;
import dev.floe.manifest.Constraint;
import dev.floe.manifest.InvalidWord;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.Version;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows the versions of an artifact. */
@Controller("/api/v1/artifacts/{artifact}/versions")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ArtifactReads {

  private final ProjectorService service;
  private final ReadDoor door;

  ArtifactReads(ProjectorService service, ReadDoor door) {
    this.service = service;
    this.door = door;
  }

  @Get
  @Takes({"environment", "constraint"})
  HttpResponse<String> list(HttpRequest<?> request, String artifact, Actor actor) {
    Question question = door.admit(request, actor);
    String name = question.artifact(artifact);
    String environment = question.oneOrAll(question.text("environment"));
    List<VersionView> versions =
        matching(service.versions().list(name), question.text("constraint")).stream()
            .filter(each -> environment == null || each.environments().contains(environment))
            .toList();
    return ReadDoor.json(Map.of("versions", versions));
  }

  @Get("/{version}")
  HttpResponse<String> show(HttpRequest<?> request, String artifact, String version, Actor actor) {
    Question question = door.admit(request, actor);
    String name = question.artifact(artifact);
    String plain = question.version(version);
    return ReadDoor.json(
        service.versions().find(name, plain).orElseThrow(() -> unknown(name, plain)));
  }

  @Get("/{version}/timeline")
  HttpResponse<String> timeline(
      HttpRequest<?> request, String artifact, String version, Actor actor) {
    Question question = door.admit(request, actor);
    String name = question.artifact(artifact);
    String plain = question.version(version);
    return ReadDoor.json(
        service.versions().timeline(name, plain).orElseThrow(() -> unknown(name, plain)));
  }

  /** {@code latest} is the one highest release. */
  private static List<VersionView> matching(
      List<VersionView> versions, @Nullable String constraint) {
    if (constraint == null) {
      return versions;
    }
    try {
      Constraint wanted = Constraint.parse(constraint);
      List<VersionView> matching =
          versions.stream().filter(v -> wanted.matches(Version.parse(v.version()))).toList();
      return wanted.kind() == Constraint.Kind.LATEST
          ? matching.stream().limit(1).toList()
          : matching;
    } catch (InvalidWord invalid) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST,
          String.valueOf(invalid.getMessage()),
          "Write a constraint such as v1.2.* or >=v1.0.0,<v2.0.0.");
    }
  }

  private static ProblemException unknown(String artifact, String version) {
    return new ProblemException(
        ProblemCode.UNKNOWN_VERSION,
        "%s %s was never published.".formatted(artifact, version),
        "List the published ones: floe platform list");
  }
}
