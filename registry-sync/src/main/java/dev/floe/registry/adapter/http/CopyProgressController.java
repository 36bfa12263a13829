package dev.floe.registry.adapter.http;

import dev.floe.http.OpenStreams;
import dev.floe.http.Problem;
import dev.floe.http.ProblemException;
import dev.floe.kernel.Actor;
import dev.floe.manifest.Name;
import dev.floe.registry.application.CopyProgress;
import dev.floe.registry.application.CopyReads;
import dev.floe.registry.application.PromotionCopies;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** Shows how a promotion's copies get on, while this process makes them. */
@Controller("/api/v1/promotions")
final class CopyProgressController {

  /** Often enough for an eye. */
  private static final Duration EVERY = Duration.ofMillis(250);

  /** What has not changed for so long is said again, to show that the stream lives. */
  private static final long REPEAT_NANOS = Duration.ofSeconds(15).toNanos();

  private static final List<MediaType> KINDS =
      List.of(MediaType.TEXT_EVENT_STREAM_TYPE, MediaType.APPLICATION_JSON_TYPE);

  private final CopyReads reads;
  private final OpenStreams streams;

  CopyProgressController(CopyReads reads, OpenStreams streams) {
    this.reads = reads;
    this.streams = streams;
  }

  /** A stream, unless JSON is asked for. */
  @Get(
      value = "/{id}/progress",
      produces = {MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_JSON})
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<?> show(HttpRequest<?> request, String id, Actor actor) {
    reads
        .refuse(actor)
        .ifPresent(
            refusal -> {
              throw new ProblemException(Problem.refused(List.of(refusal)));
            });
    Optional<PromotionCopies> copies = reads.of(Name.ID.checked(id));
    return wantsJson(request)
        ? HttpResponse.ok(snapshot(id, copies)).contentType(MediaType.APPLICATION_JSON_TYPE)
        : HttpResponse.ok(copies.map(now -> followed(now, request, actor)).orElse(nothing(id)))
            .contentType(MediaType.TEXT_EVENT_STREAM_TYPE);
  }

  private Flux<Event<Map<String, Object>>> followed(
      PromotionCopies copies, HttpRequest<?> request, Actor actor) {
    OpenStreams.Place place = streams.begin(request, actor);
    return events(copies).doFinally(_ -> place.leave());
  }

  /** Whichever of the two kinds is named first; who names neither gets the stream. */
  private static boolean wantsJson(HttpRequest<?> request) {
    return request.accept().stream()
        .filter(KINDS::contains)
        .findFirst()
        .filter(MediaType.APPLICATION_JSON_TYPE::equals)
        .isPresent();
  }

  private static Map<String, Object> snapshot(String id, Optional<PromotionCopies> copies) {
    List<CopyProgress> now = copies.map(PromotionCopies::now).orElse(List.of());
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("promotion", id);
    told.put("finished", now.stream().allMatch(CopyProgress::finished));
    told.put("registries", now.stream().map(CopyProgressController::document).toList());
    return told;
  }

  private static Flux<Event<Map<String, Object>>> events(PromotionCopies copies) {
    return Flux.defer(
        () -> {
          var told = new Told();
          return Flux.interval(Duration.ZERO, EVERY)
              .onBackpressureDrop()
              .map(_ -> copies.now())
              .takeUntil(now -> now.stream().allMatch(CopyProgress::finished))
              .concatMapIterable(told::news, 1)
              .map(CopyProgressController::event);
        });
  }

  private static Flux<Event<Map<String, Object>>> nothing(String id) {
    return Flux.just(event(new CopyProgress(id, "", "", 0, 0, 0, true)));
  }

  private static Event<Map<String, Object>> event(CopyProgress progress) {
    return Event.of(document(progress)).name("progress");
  }

  private static Map<String, Object> document(CopyProgress progress) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("promotion", progress.promotion());
    told.put("registry", progress.registry());
    told.put("role", progress.role());
    told.put("bytes", progress.bytes());
    told.put("total", progress.total());
    told.put("blobs", progress.blobs());
    told.put("finished", progress.finished());
    return told;
  }

  /** What one client has been told. */
  private static final class Told {
    private final Map<String, CopyProgress> last = new HashMap<>();
    private long at = System.nanoTime();

    List<CopyProgress> news(List<CopyProgress> now) {
      boolean silent = System.nanoTime() - at > REPEAT_NANOS;
      List<CopyProgress> news =
          now.stream().filter(each -> silent || !each.equals(last.get(each.role()))).toList();
      news.forEach(each -> last.put(each.role(), each));
      at = news.isEmpty() ? at : System.nanoTime();
      return news;
    }
  }
}
