package dev.floe.audit.adapter.http;

import dev.floe.audit.ProjectorService;
import dev.floe.audit.adapter.postgres.Promotions;
import dev.floe.audit.adapter.postgres.Trail;
import dev.floe.audit.view.Course;
import dev.floe.audit.view.EntryFilter;
import dev.floe.audit.view.JsonText;
import dev.floe.audit.view.Page;
import dev.floe.audit.view.PromotionView;
import dev.floe.http.ProblemException;
import dev.floe.http.Takes;
import dev.floe.kernel.Actor;
import dev.floe.manifest.Name;
import dev.floe.manifest.ProblemCode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Shows promotions, and follows one to its end. */
@Controller("/api/v1/promotions")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PromotionReads {

  private static final int PORTION = 200;

  /** How long an ended promotion's stream waits for what other topics still have to say. */
  private static final Duration STRAGGLERS = Duration.ofSeconds(2);

  private final ProjectorService service;
  private final ReadDoor door;

  PromotionReads(ProjectorService service, ReadDoor door) {
    this.service = service;
    this.door = door;
  }

  @Get
  @Takes({"artifact", "version", "env", "state", "limit", "cursor"})
  HttpResponse<String> list(HttpRequest<?> request, Actor actor) {
    Question question = door.admit(request, actor);
    var filter =
        new Promotions.Filter(
            question.artifact(),
            question.version(),
            question.environment("env"),
            question.word("state", Course.STATES));
    try {
      Page<PromotionView> page =
          service.promotions().list(filter, question.limit(), question.text("cursor"));
      Map<String, @Nullable Object> body = new LinkedHashMap<>();
      body.put("promotions", page.items());
      body.put("next", page.next());
      return ReadDoor.json(body);
    } catch (Trail.BadCursor bad) {
      throw AuditReads.badCursor(bad);
    }
  }

  @Get("/{id}")
  HttpResponse<String> show(HttpRequest<?> request, String id, Actor actor) {
    door.admit(request, actor);
    return ReadDoor.json(find(id));
  }

  @Get(value = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM)
  Publisher<Event<String>> follow(HttpRequest<?> request, String id, Actor actor) {
    Question question = door.admit(request, actor);
    find(id);
    long from = question.lastEvent().flatMap(service.trail()::seqOf).orElse(0L);
    return door.stream(request, actor, stream -> write(stream, id, from));
  }

  private PromotionView find(String id) {
    return service.promotions().find(Name.ID.checked(id)).orElseThrow(() -> unknown(id));
  }

  private static ProblemException unknown(String id) {
    return new ProblemException(
        ProblemCode.UNKNOWN_PROMOTION,
        "There is no promotion '%s'.".formatted(id),
        "List the promotions: floe audit search --event promotion_requested");
  }

  private void write(EventStream<Event<String>> stream, String id, long from)
      throws InterruptedException {
    EntryFilter filter = EntryFilter.ofPromotion(id);
    long seq = from;
    long endedAt = 0;
    while (!service.isClosed()) {
      long seen = service.changes().count();
      // Before the entries are read: one that comes in between must not be missed.
      boolean over = isOver(id);
      List<Trail.Stored> portion = service.trail().storedAfter(seq, filter, PORTION);
      for (Trail.Stored stored : portion) {
        seq = stored.seq();
        send(stream, id, stored);
      }
      if (!portion.isEmpty()) {
        continue;
      }
      if (over) {
        endedAt = endedAt == 0 ? System.nanoTime() : endedAt;
        Duration waited = Duration.ofNanos(System.nanoTime() - endedAt);
        if (waited.compareTo(STRAGGLERS) > 0 || service.trail().hasCausesOf(id)) {
          return;
        }
      }
      if (service.trail().lastSeq() < seq) {
        return;
      }
      service.changes().await(seen, over ? Duration.ofMillis(100) : stream.untilHeartbeat());
      stream.beat(EventStream.comment());
    }
  }

  private boolean isOver(String id) {
    return service.promotions().find(id).map(PromotionView::isFinal).orElse(true);
  }

  private void send(EventStream<Event<String>> stream, String id, Trail.Stored stored)
      throws InterruptedException {
    stream.send(
        Event.of(JsonText.write(stored.entry()))
            .name(stored.entry().event())
            .id(stored.entry().position()));
    Optional<PromotionView> view = service.promotions().find(id);
    if (view.isPresent()) {
      stream.send(Event.of(JsonText.write(view.get())).name("promotion"));
    }
  }
}
