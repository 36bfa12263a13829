package dev.floe.audit.adapter.http;

import dev.floe.access.Access;
import dev.floe.access.Teams;
import dev.floe.audit.ProjectorService;
import dev.floe.audit.adapter.postgres.Promotions;
import dev.floe.audit.view.ApprovalView;
import dev.floe.audit.view.NextStep;
import dev.floe.http.ProblemException;
import dev.floe.http.Takes;
import dev.floe.kernel.Actor;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Name;
import dev.floe.manifest.Permission;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.Team;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows what people were asked for, and what they said. */
@Controller("/api/v1/approvals")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ApprovalReads {

  private final ProjectorService service;
  private final ReadDoor door;

  ApprovalReads(ProjectorService service, ReadDoor door) {
    this.service = service;
    this.door = door;
  }

  @Get
  @Takes({"artifact", "version", "env", "state", "mine", "limit"})
  HttpResponse<String> list(HttpRequest<?> request, Actor actor) {
    Question question = door.admit(request, actor);
    var filter =
        new Promotions.Filter(
            question.artifact(),
            question.version(),
            question.environment("env"),
            question.word("state", ApprovalView.STATES));
    boolean mine = question.flag("mine");
    List<ApprovalView> found = service.promotions().approvals(filter, question.limit());
    return ReadDoor.json(
        Map.of(
            "approvals",
            found.stream()
                .filter(each -> !mine || waitsFor(actor, each))
                .map(each -> each.seenBy(viewer(actor, each)))
                .toList()));
  }

  @Get("/{id}")
  HttpResponse<String> show(HttpRequest<?> request, String id, Actor actor) {
    door.admit(request, actor);
    return ReadDoor.json(
        service
            .promotions()
            .approval(Name.ID.checked(id))
            .map(approval -> approval.seenBy(viewer(actor, approval)))
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemCode.UNKNOWN_APPROVAL,
                        "There is no approval request '%s'.".formatted(id),
                        "List the requests: floe platform approval list")));
  }

  private NextStep.Viewer viewer(Actor actor, ApprovalView approval) {
    Manifest manifest = service.rules().manifest();
    return new NextStep.Viewer(
        actor.name(),
        waitsFor(actor, approval),
        may(actor, Permission.PROMOTE, approval),
        manifest.defaultArtifact(),
        manifest.teams().values().stream()
            .collect(Collectors.toMap(Team::name, ApprovalReads::contact)));
  }

  private static String contact(Team team) {
    return Stream.of(team.email(), team.slack())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }

  private boolean waitsFor(Actor actor, ApprovalView approval) {
    Set<String> teams = Teams.of(service.rules().manifest(), actor);
    return may(actor, Permission.APPROVE, approval) && approval.waitsFor(actor.name(), teams, true);
  }

  private boolean may(Actor actor, Permission permission, ApprovalView approval) {
    return Access.refuse(service.rules(), actor, permission, approval.to()).isEmpty();
  }
}
