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
import dev.floe.manifest.Permission;
import dev.floe.manifest.ProblemCode;
import dev.floe.messaging.RecordPosition;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * Hands out as much of the trail as is asked for, oldest first, portion by portion: it takes no
 * more memory for a year than for a day. Who was interrupted goes on {@code after} the position of
 * the last line.
 */
@Controller("/api/v1/audit/export")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditExport {

  private static final int PORTION = 500;

  private final ProjectorService service;
  private final ReadDoor door;

  AuditExport(ProjectorService service, ReadDoor door) {
    this.service = service;
    this.door = door;
  }

  /** How an entry becomes a line, and what stands in front of all. */
  private enum Format {
    JSONL("application/jsonl"),
    CSV("text/csv; charset=utf-8; header=present");

    private final String type;

    Format(String type) {
      this.type = type;
    }

    private String header() {
      return this == CSV ? Csv.HEADER : "";
    }

    private String line(Entry entry) {
      return this == CSV ? Csv.line(entry) : JsonText.write(entry) + "\n";
    }

    static Format of(@Nullable String word) {
      return switch (word) {
        case null -> JSONL;
        case "jsonl" -> JSONL;
        case "csv" -> CSV;
        default -> throw Question.bad("format", word, "jsonl or csv");
      };
    }
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
    "format",
    "after"
  })
  HttpResponse<Publisher<byte[]>> export(HttpRequest<?> request, Actor actor) {
    Question question = door.admit(request, actor, Permission.AUDIT);
    Format format = Format.of(question.text("format"));
    EntryFilter filter = question.filter();
    String cursor = after(question.text("after"));
    Publisher<byte[]> body =
        door.stream(request, actor, stream -> write(stream, format, filter, cursor));
    return HttpResponse.ok(body)
        .contentType(MediaType.of(format.type))
        .header(
            "Content-Disposition",
            "attachment; filename=\"audit.%s\"".formatted(format == Format.CSV ? "csv" : "jsonl"));
  }

  private @Nullable String after(@Nullable String position) {
    if (position == null) {
      return null;
    }
    return Optional.of(position)
        .flatMap(RecordPosition::parse)
        .flatMap(service.trail()::cursorAfter)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "There is no entry at the position '%s'.".formatted(position),
                    "Send the position of an exported entry as 'after'."));
  }

  private void write(
      EventStream<byte[]> stream, Format format, EntryFilter filter, @Nullable String cursor)
      throws InterruptedException {
    String next = cursor;
    var text = new StringBuilder(cursor == null ? format.header() : "");
    do {
      Page<Entry> page = service.trail().search(filter, Trail.Order.OLDEST_FIRST, PORTION, next);
      page.items().forEach(entry -> text.append(format.line(entry)));
      if (!text.isEmpty()) {
        stream.send(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
      }
      next = page.next();
    } while (next != null && !service.isClosed());
  }
}
