package dev.floe.promotion.adapter.http;

import dev.floe.http.CommandIds;
import dev.floe.http.Problem;
import dev.floe.http.ProblemException;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Journal.Answer;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Environment;
import dev.floe.manifest.InvalidWord;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Name;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.VersionRef;
import dev.floe.messaging.Position;
import dev.floe.promotion.PromotionService;
import dev.floe.promotion.application.Publications;
import dev.floe.promotion.application.Publications.Found;
import dev.floe.promotion.domain.message.PromotionCommand.RegisterVersion;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.ArtifactPublished;
import dev.floe.schemas.Topics;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes known what was pushed to the first environment. */
@Controller("/api/v1/artifacts")
final class VersionController {

  private final PromotionService service;
  private final Publications publications;
  private final CommandIds ids;

  VersionController(PromotionService service, Publications publications, CommandIds ids) {
    this.service = service;
    this.publications = publications;
    this.ids = ids;
  }

  /**
   * The version to register.
   *
   * @param digest what it stands for; null for whatever its tag points at
   */
  record Registration(@Nullable String version, @Nullable String digest) {}

  /** A publication as the contract shows it. */
  record PublicationView(
      String artifact, String version, String digest, String ref, long size, List<String> tags) {}

  @Post("/{artifact}/versions")
  @ExecuteOn(TaskExecutors.BLOCKING)
  CompletableFuture<HttpResponse<PublicationView>> register(
      HttpRequest<?> request, String artifact, @Body Registration wanted, Actor actor) {
    String name = Name.ARTIFACT.checked(artifact);
    if (wanted.version() == null) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST,
          "The version is missing.",
          "Send {\"version\": \"v1.2.3\"}, with or without a digest.");
    }
    Manifest manifest = manifest();
    VersionRef version = version(manifest, Name.VERSION.checked(wanted.version()));
    Found found = found(manifest, name, version, digest(wanted.digest()));
    var command =
        new RegisterVersion(wanted.version(), found.digest(), found.size(), found.mediaType());
    return service
        .journal()
        .submit(ids.asked(request, actor, name, wanted, command))
        .thenApply(answer -> answered(name, version, found, answer));
  }

  private HttpResponse<PublicationView> answered(
      String artifact, VersionRef version, Found found, Answer<PromotionEvent> answer) {
    if (!answer.accepted()) {
      throw new ProblemException(Problem.refused(answer.because()));
    }
    PublicationView view =
        answer.facts().stream()
            .map(fact -> fact.event())
            .filter(ArtifactPublished.class::isInstance)
            .map(event -> view(artifact, (ArtifactPublished) event))
            .findFirst()
            .orElseGet(() -> known(artifact, version, found));
    MutableHttpResponse<PublicationView> response =
        (answer.facts().isEmpty()
                ? HttpResponse.<PublicationView>ok()
                : HttpResponse.<PublicationView>accepted())
            .header(
                "Location",
                "/api/v1/artifacts/%s/versions/%s".formatted(artifact, version.version()));
    Position.of(Topics.PROMOTION_EVENTS.name(), answer)
        .ifPresent(position -> response.header("Floe-Position", position.encode()));
    return response.body(view);
  }

  private static PublicationView view(String artifact, ArtifactPublished e) {
    return new PublicationView(
        artifact, e.version().toString(), e.digest().toString(), e.ref(), e.size(), e.tags());
  }

  /** It was published before; its own tag never moved since. */
  private PublicationView known(String artifact, VersionRef version, Found found) {
    Environment first = manifest().first();
    String tag = version.version() + "-" + first.name();
    String ref =
        first.primary().map(registry -> registry.url().ref(artifact, tag).toString()).orElse(tag);
    return new PublicationView(
        artifact,
        version.version().toString(),
        found.digest().toString(),
        ref,
        found.size(),
        List.of(tag));
  }

  private Found found(
      Manifest manifest, String artifact, VersionRef version, @Nullable Digest digest) {
    try {
      return publications.find(manifest, artifact, version, digest);
    } catch (Publications.NotFound missing) {
      throw new ProblemException(
          ProblemCode.TAG_MISSING,
          String.valueOf(missing.getMessage()),
          "Push the artifact there first, or publish its files: floe platform publish %s --from DIR"
              .formatted(version.version()));
    } catch (Publications.Unavailable trouble) {
      throw new ProblemException(
          trouble.problem(),
          String.valueOf(trouble.getMessage()),
          "Check the registry of %s, then try again.".formatted(manifest.first().name()));
    }
  }

  private Manifest manifest() {
    return service
        .rules()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemCode.NOT_READY,
                    "No manifest is in force yet.",
                    "Apply one: floe config apply manifest.yaml"))
        .manifest();
  }

  private static VersionRef version(Manifest manifest, String text) {
    try {
      return manifest.versionRef(text);
    } catch (InvalidWord wrong) {
      throw new ProblemException(
          ProblemCode.INVALID_VERSION,
          String.valueOf(wrong.getMessage()),
          "Write a version such as v1.2.3 or v1.2.3-rc1.");
    }
  }

  private static @Nullable Digest digest(@Nullable String text) {
    try {
      return text == null ? null : Digest.parse(text);
    } catch (InvalidWord wrong) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST,
          String.valueOf(wrong.getMessage()),
          "To register what the tag points at, leave the digest out.");
    }
  }
}
