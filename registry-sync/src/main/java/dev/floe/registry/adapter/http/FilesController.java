package dev.floe.registry.adapter.http;

import dev.floe.http.CommandIds;
import dev.floe.http.Problem;
import dev.floe.http.ProblemException;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Journal.Answer;
import dev.floe.manifest.Annotations;
import dev.floe.manifest.FreeText;
import dev.floe.manifest.Name;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.Version;
import dev.floe.messaging.Ids;
import dev.floe.messaging.Position;
import dev.floe.registry.RegistrySyncService;
import dev.floe.registry.application.FileStore;
import dev.floe.registry.application.FileStore.Stored;
import dev.floe.registry.application.UploadSpace;
import dev.floe.registry.domain.RegistryCommand;
import dev.floe.registry.domain.RegistryCommand.AskToStore;
import dev.floe.registry.domain.RegistryCommand.RecordStored;
import dev.floe.registry.domain.RegistryEvent;
import dev.floe.schemas.Topics;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Takes the files of a version as a tar, and stores them by digest in the first environment. */
@Controller("/api/v1/artifacts")
final class FilesController {

  private final RegistrySyncService service;
  private final FileStore store;
  private final UploadSpace space;
  private final CommandIds ids;

  FilesController(RegistrySyncService service, FileStore store, UploadSpace space, CommandIds ids) {
    this.service = service;
    this.store = store;
    this.space = space;
    this.ids = ids;
  }

  @Put("/{artifact}/versions/{version}/files")
  @Consumes({"application/x-tar", "application/octet-stream"})
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<Map<String, Object>> store(
      HttpRequest<?> request, String artifact, String version, @Body InputStream body, Actor actor)
      throws IOException {
    Version checked = Version.parse(version);
    var _ = Name.ARTIFACT.checked(artifact);
    // Asked before the bytes are taken, so that nobody sends what may not be stored.
    var question = new AskToStore(checked);
    var _ = decided(new Asked<>(Ids.random(), artifact, Instant.EPOCH, actor, question));
    Stored stored = take(artifact, body, request);
    var command =
        new RecordStored(
            checked,
            stored.digest(),
            stored.environment(),
            stored.ref(),
            stored.size(),
            stored.mediaType());
    return answered(stored, decided(ids.asked(request, actor, artifact, command, command)));
  }

  private TarFolder unpacked(InputStream body, HttpRequest<?> request) throws IOException {
    return TarFolder.unpack(body, annotated(request), space, TarFolder.Limits.STANDARD);
  }

  private Stored take(String artifact, InputStream body, HttpRequest<?> request)
      throws IOException {
    try (TarFolder folder = unpacked(body, request)) {
      Map<String, String> annotations = headers(request);
      annotations.putAll(folder.annotations());
      return store.store(artifact, folder.path(), Annotations.checked(annotations));
    } catch (StrictTar.Unusable | IllegalArgumentException unusable) {
      throw badRequest("The files cannot be published: " + unusable.getMessage() + ".");
    } catch (FileStore.Unavailable unavailable) {
      throw new ProblemException(
          ProblemCode.of(unavailable.code()).orElse(ProblemCode.REGISTRY_UNREACHABLE),
          String.valueOf(unavailable.getMessage()),
          "Publish again once the registry accepts it; what has already arrived is not uploaded"
              + " again.");
    }
  }

  private Answer<RegistryEvent> decided(Asked<RegistryCommand> asked) {
    Answer<RegistryEvent> answer = service.journal().submit(asked).join();
    if (!answer.accepted()) {
      throw new ProblemException(Problem.refused(answer.because()));
    }
    return answer;
  }

  private static HttpResponse<Map<String, Object>> answered(
      Stored stored, Answer<RegistryEvent> answer) {
    MutableHttpResponse<Map<String, Object>> response =
        HttpResponse.<Map<String, Object>>status(201, "Created")
            .body(
                Map.of(
                    "digest", stored.digest().toString(),
                    "ref", stored.ref(),
                    "size", stored.size(),
                    "mediaType", stored.mediaType()));
    Position.of(Topics.REGISTRY_EVENTS.name(), answer)
        .ifPresent(position -> response.header("Floe-Position", position.encode()));
    return response;
  }

  private static boolean annotated(HttpRequest<?> request) {
    String where = request.getHeaders().get("Floe-Annotations");
    if (where != null && !where.equals("first-entry")) {
      throw badRequest(
          "Floe-Annotations is '%s' and not first-entry.".formatted(FreeText.quoted(where)));
    }
    return where != null;
  }

  /** The simple ones: a header has no characters but ASCII's that all clients mean alike. */
  private static Map<String, String> headers(HttpRequest<?> request) {
    Map<String, String> annotations = new LinkedHashMap<>();
    for (String header : request.getHeaders().getAll("Floe-Annotation")) {
      int equals = header.indexOf('=');
      if (equals < 1 || !header.chars().allMatch(c -> c >= ' ' && c <= '~')) {
        throw badRequest(
            "Floe-Annotation '%s' is not key=value in ASCII; Floe-Annotations takes any text."
                .formatted(FreeText.quoted(header)));
      }
      annotations.put(header.substring(0, equals), header.substring(equals + 1));
    }
    return annotations;
  }

  private static ProblemException badRequest(String detail) {
    return new ProblemException(
        ProblemCode.BAD_REQUEST, detail, "Send a tar of files and folders, as floe does.");
  }
}
