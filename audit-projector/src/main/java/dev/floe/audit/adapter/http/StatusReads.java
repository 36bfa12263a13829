package dev.floe.audit.adapter.http;

import dev.floe.audit.ProjectorService;
import dev.floe.audit.view.JsonText;
import dev.floe.audit.view.Status;
import dev.floe.audit.view.Status.EnvironmentStatus;
import dev.floe.http.ProblemException;
import dev.floe.http.Takes;
import dev.floe.kernel.Actor;
import dev.floe.manifest.ProblemCode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Shows where an artifact stands, stood, and goes. */
@Controller("/api/v1/status")
@ExecuteOn(TaskExecutors.BLOCKING)
final class StatusReads {

  private final ProjectorService service;
  private final ReadDoor door;

  StatusReads(ProjectorService service, ReadDoor door) {
    this.service = service;
    this.door = door;
  }

  @Get
  @Takes({"artifact", "environment", "at"})
  HttpResponse<String> all(HttpRequest<?> request, Actor actor) {
    Question question = door.admit(request, actor);
    return answer(question, question.text("environment"));
  }

  @Get("/{env}")
  @Takes({"artifact", "at"})
  HttpResponse<String> one(HttpRequest<?> request, String env, Actor actor) {
    return answer(door.admit(request, actor), env);
  }

  @Get(value = "/stream", produces = MediaType.TEXT_EVENT_STREAM)
  @Takes({"artifact", "environment"})
  Publisher<Event<String>> follow(HttpRequest<?> request, Actor actor) {
    Question question = door.admit(request, actor);
    String artifact = artifact(question);
    String env = question.oneOrAll(question.text("environment"));
    return door.stream(request, actor, stream -> write(stream, artifact, env));
  }

  private HttpResponse<String> answer(Question question, @Nullable String environment) {
    String wanted = question.oneOrAll(environment);
    Instant now = service.clock().instant();
    Instant at = Objects.requireNonNullElse(question.time("at"), now);
    return ReadDoor.json(status(artifact(question), at, wanted));
  }

  private String artifact(Question question) {
    return Objects.requireNonNullElse(
        question.artifact(), service.rules().manifest().defaultArtifact());
  }

  private Status status(String artifact, Instant at, @Nullable String environment) {
    List<EnvironmentStatus> all = service.statusBoard().at(artifact, at).orElse(List.of());
    List<EnvironmentStatus> wanted =
        environment == null
            ? all
            : all.stream().filter(e -> e.environment().equals(environment)).toList();
    if (environment != null && wanted.isEmpty()) {
      throw new ProblemException(
          ProblemCode.UNKNOWN_ENVIRONMENT,
          "There was no environment '%s' at %s.".formatted(environment, at),
          "The manifest of that time named: %s."
              .formatted(
                  all.stream()
                      .map(EnvironmentStatus::environment)
                      .collect(Collectors.joining(", "))));
    }
    return new Status(artifact, at, service.lagMs(), wanted);
  }

  /** Tells the whole status at the start, and again whenever more than its age has changed. */
  private void write(
      EventStream<Event<String>> stream, String artifact, @Nullable String environment)
      throws InterruptedException {
    @Nullable List<EnvironmentStatus> told = null;
    while (!service.isClosed()) {
      long seen = service.changes().count();
      Status status = status(artifact, service.clock().instant(), environment);
      if (!status.environments().equals(told)) {
        told = status.environments();
        stream.send(Event.of(JsonText.write(status)).name("status"));
      }
      service.changes().await(seen, stream.untilHeartbeat());
      stream.beat(EventStream.comment());
    }
  }
}
