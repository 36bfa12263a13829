package dev.floe.approval.adapter.http;

import dev.floe.approval.ApprovalService;
import dev.floe.approval.domain.ApprovalCommand.DecideApproval;
import dev.floe.approval.domain.ApprovalEvent;
import dev.floe.approval.domain.ApprovalEvent.ApprovalCompleted;
import dev.floe.approval.domain.ApprovalEvent.ApprovalDenied;
import dev.floe.approval.domain.Choice;
import dev.floe.http.CommandIds;
import dev.floe.http.Problem;
import dev.floe.http.ProblemException;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Journal.Answer;
import dev.floe.manifest.Digest;
import dev.floe.manifest.FreeText;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ProblemCode;
import dev.floe.messaging.Position;
import dev.floe.schemas.Topics;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes what people say about approvals; whether it counts is decided by the journal. */
@Controller("/api/v1/approvals")
final class DecisionController {

  private static final List<String> DOORS = List.of("cli", "http", "email", "slack", "machine");

  private final ApprovalService service;
  private final CommandIds ids;

  DecisionController(ApprovalService service, CommandIds ids) {
    this.service = service;
    this.ids = ids;
  }

  /**
   * What is said.
   *
   * @param decision approve or deny
   * @param digest the digest the person saw
   */
  record Said(@Nullable String decision, @Nullable String reason, @Nullable String digest) {}

  @Post("/{id}/decisions")
  CompletableFuture<HttpResponse<Map<String, Object>>> decide(
      HttpRequest<?> request,
      String id,
      @Body Said said,
      Actor actor,
      @Header("Floe-Via") @Nullable String via) {
    var command =
        new DecideApproval(
            id,
            choice(said.decision()),
            said.reason() == null ? "" : FreeText.meant("reason", said.reason()),
            said.digest() == null ? null : digest(said.digest()),
            via(via));
    // Nobody knows the artifact of an unknown request; the refusal is recorded all the same.
    String artifact = service.subjects().artifactOf(id).orElse(Manifest.DEFAULT_ARTIFACT);
    return service
        .journal()
        .submit(ids.asked(request, actor, artifact, command, command))
        .thenApply(answer -> answered(artifact, id, answer));
  }

  /** 200 where the same person had said the same before: nothing new is on record then. */
  private HttpResponse<Map<String, Object>> answered(
      String artifact, String id, Answer<ApprovalEvent> answer) {
    if (!answer.accepted()) {
      throw new ProblemException(Problem.refused(answer.because()).about(id));
    }
    boolean repeated = answer.facts().isEmpty();
    MutableHttpResponse<Map<String, Object>> response =
        (repeated
                ? HttpResponse.<Map<String, Object>>ok()
                : HttpResponse.<Map<String, Object>>accepted())
            .header("Location", "/api/v1/approvals/" + id)
            .body(Map.of("id", id, "state", repeated ? standing(artifact, id) : after(answer)));
    Position.of(Topics.APPROVAL_EVENTS.name(), answer)
        .ifPresent(position -> response.header("Floe-Position", position.encode()));
    return response;
  }

  private static String after(Answer<ApprovalEvent> answer) {
    for (var fact : answer.facts()) {
      if (fact.event() instanceof ApprovalCompleted) {
        return "approved";
      }
      if (fact.event() instanceof ApprovalDenied) {
        return "denied";
      }
    }
    return "pending";
  }

  private static String via(@Nullable String door) {
    if (door != null && !DOORS.contains(door)) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST,
          "Floe-Via is '%s'.".formatted(FreeText.quoted(door)),
          "Send one of: %s, or leave it out.".formatted(String.join(", ", DOORS)));
    }
    return door == null ? "http" : door;
  }

  private String standing(String artifact, String id) {
    return service
        .journal()
        .state(artifact)
        .flatMap(approvals -> approvals.stateOf(id))
        .or(() -> service.subjects().stateOf(id))
        .orElse("pending");
  }

  private static Choice choice(@Nullable String decision) {
    return switch (decision) {
      case "approve" -> Choice.APPROVE;
      case "deny" -> Choice.DENY;
      case null, default ->
          throw new ProblemException(
              ProblemCode.BAD_REQUEST,
              "decision is '%s'.".formatted(decision == null ? "" : FreeText.quoted(decision)),
              "Say approve or deny.");
    };
  }

  private static Digest digest(String text) {
    try {
      return Digest.parse(text);
    } catch (RuntimeException malformed) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST,
          String.valueOf(malformed.getMessage()),
          "Send the digest that `floe platform approval status` shows.");
    }
  }
}
