package dev.floe.audit.adapter.http;

import dev.floe.audit.ProjectorService;
import dev.floe.audit.adapter.postgres.Trail;
import dev.floe.audit.view.Entry;
import dev.floe.audit.view.EntryFilter;
import dev.floe.audit.view.JsonText;
import dev.floe.audit.view.Page;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Searches the trail, and follows it. */
@Controller("/api/v1/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditReads {

  private static final int PORTION = 200;

  private final ProjectorService service;
  private final ReadDoor door;

  AuditReads(ProjectorService service, ReadDoor door) {
    this.service = service;
    this.door = door;
  }

  @Get
  @Takes({
    "artifact",
    "version",
    "env",
    "user",
    "event",
    "request",
    "from",
    "to",
    "text",
    "order",
    "limit",
    "cursor"
  })
  HttpResponse<String> search(HttpRequest<?> request, Actor actor) {
    Question question = door.admit(request, actor);
    try {
      Page<Entry> page =
          service
              .trail()
              .search(
                  question.filter(),
                  order(question.text("order")),
                  question.limit(),
                  question.text("cursor"));
      Map<String, @Nullable Object> body = new LinkedHashMap<>();
      body.put("entries", page.items());
      body.put("next", page.next());
      return ReadDoor.json(body);
    } catch (Trail.BadCursor bad) {
      throw badCursor(bad);
    }
  }

  /** What is stored from now on, or after the event that {@code Last-Event-ID} names. */
  @Get(value = "/stream", produces = MediaType.TEXT_EVENT_STREAM)
  @Takes({"artifact", "version", "env", "user", "event", "request", "from", "to", "text"})
  Publisher<Event<String>> follow(HttpRequest<?> request, Actor actor) {
    Question question = door.admit(request, actor);
    EntryFilter filter = question.filter();
    long from =
        question.lastEvent().flatMap(service.trail()::seqOf).orElseGet(service.trail()::lastSeq);
    return door.stream(request, actor, stream -> write(stream, filter, from));
  }

  private void write(EventStream<Event<String>> stream, EntryFilter filter, long from)
      throws InterruptedException {
    long seq = from;
    while (!service.isClosed()) {
      long seen = service.changes().count();
      List<Trail.Stored> portion = service.trail().storedAfter(seq, filter, PORTION);
      for (Trail.Stored stored : portion) {
        seq = stored.seq();
        stream.send(
            Event.of(JsonText.write(stored.entry()))
                .name(stored.entry().event())
                .id(stored.entry().position()));
      }
      if (portion.isEmpty()) {
        if (service.trail().lastSeq() < seq) {
          return;
        }
        service.changes().await(seen, stream.untilHeartbeat());
        stream.beat(EventStream.comment());
      }
    }
  }

  static Trail.Order order(@Nullable String word) {
    return switch (word) {
      case null -> Trail.Order.NEWEST_FIRST;
      case "desc" -> Trail.Order.NEWEST_FIRST;
      case "asc" -> Trail.Order.OLDEST_FIRST;
      default -> throw Question.bad("order", word, "asc or desc");
    };
  }

  static ProblemException badCursor(Trail.BadCursor bad) {
    return new ProblemException(
        ProblemCode.BAD_REQUEST,
        String.valueOf(bad.getMessage()),
        "Send the 'next' of an earlier page unchanged, or leave the cursor out to begin at the"
            + " start.");
  }
}
