package dev.floe.audit.adapter.http;

import dev.floe.access.Access;
import dev.floe.audit.ProjectorService;
import dev.floe.audit.view.JsonText;
import dev.floe.http.OpenStreams;
import dev.floe.http.Problem;
import dev.floe.http.ProblemException;
import dev.floe.kernel.Actor;
import dev.floe.manifest.Permission;
import dev.floe.manifest.ProblemCode;
import dev.floe.messaging.Position;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** What every read has in common: who may, and what they have seen already. */
@Singleton
final class ReadDoor {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ProjectorService service;
  private final Known known;
  private final OpenStreams streams;

  ReadDoor(ProjectorService service, Known known, OpenStreams streams) {
    this.service = service;
    this.known = known;
    this.streams = streams;
  }

  /** A stream as the answer to {@code request}, if one more may be open. */
  <T> Publisher<T> stream(HttpRequest<?> request, Actor actor, EventStream.Writer<T> writer) {
    OpenStreams.Place place = streams.begin(request, actor);
    return EventStream.of(
        stream -> {
          try {
            writer.write(stream);
          } finally {
            place.leave();
          }
        });
  }

  /** Lets in whoever may read, once the projections have come as far as they have seen. */
  Question admit(HttpRequest<?> request, Actor actor) {
    return admit(request, actor, Permission.READ);
  }

  Question admit(HttpRequest<?> request, Actor actor, Permission permission) {
    Access.refuse(service.rules(), actor, permission, null)
        .ifPresent(
            refusal -> {
              throw new ProblemException(Problem.refused(List.of(refusal)));
            });
    request.getHeaders().getAll("Floe-Position").forEach(this::await);
    return new Question(request, known);
  }

  /** PostgreSQL takes no text with a zero character. */
  private static boolean hasZero(@Nullable String text) {
    return text != null && text.indexOf('\0') >= 0;
  }

  static MutableHttpResponse<String> json(Object view) {
    return HttpResponse.ok(JsonText.write(view)).contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  private void await(String header) {
    for (String text : header.split(",", -1)) {
      Position position =
          Position.decode(text.trim())
              .filter(known -> !hasZero(known.topic()) && !hasZero(known.key()))
              .orElseThrow(
                  () ->
                      new ProblemException(
                          ProblemCode.BAD_REQUEST,
                          "This server did not issue that Floe-Position.",
                          "Send the header of an earlier answer unchanged, or leave it out."));
      try {
        if (!service.readYourWrites().reaches(position, PATIENCE)) {
          throw late();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw late();
      }
    }
  }

  private static ProblemException late() {
    return new ProblemException(
        Problem.of(
            ProblemCode.NOT_READY,
            "The projections did not reach Floe-Position within %d s."
                .formatted(PATIENCE.toSeconds()),
            "Ask again, or leave Floe-Position out: the answer then comes at once but may be"
                + " older."),
        Map.of("Retry-After", "1"));
  }
}
