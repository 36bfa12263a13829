package dev.floe.cli.platform;

import dev.floe.cli.client.Answer;
import dev.floe.cli.client.Query;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.picture.ApprovalPicture;
import dev.floe.cli.picture.DecisionPicture;
import dev.floe.cli.session.Session;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.VersionRef;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says yes or no to a request for approval, found by its id or by version and environment. */
final class Decision {

  private final Session session;
  private final String word;

  /** A decision of {@code approve} or {@code deny}. */
  Decision(Session session, String word) {
    this.session = session;
    this.word = word;
  }

  int decide(List<String> words, String request, String reason) {
    Doc approval = find(words, request);
    String id = approval.text("id");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("decision", word);
    if (!reason.isEmpty()) {
      body.put("reason", reason);
    }
    if (approval.has("digest")) {
      // What is approved is what was looked at, not what the version may stand for by then.
      body.put("digest", approval.text("digest"));
    }
    boolean repeated = say(id, body).status() == HttpURLConnection.HTTP_OK;
    Doc after = read(id);
    session.console().told(DecisionPicture.said(word, after, repeated));
    session.console().result(after, () -> ApprovalPicture.status(after, session.now()));
    return 0;
  }

  private Answer say(String id, Map<String, Object> body) {
    try {
      Map<String, List<String>> door = Map.of("Floe-Via", List.of("cli"));
      return session.api().post(Query.of("approvals", id, "decisions"), body, door);
    } catch (Failure refused) {
      boolean complete = refused.reason().code().equals(ProblemCode.APPROVAL_COMPLETE.code());
      throw complete ? refused.saying(DecisionPicture.afterwards(read(id))) : refused;
    }
  }

  private Doc read(String id) {
    return session.api().get(Query.of("approvals", id)).body();
  }

  private Doc find(List<String> words, String request) {
    if (!request.isEmpty()) {
      if (!words.isEmpty()) {
        throw Failure.usage(
            "--request and a version were given", "Give either --request ID or <version> <env>.");
      }
      return read(request);
    }
    if (words.size() != 2) {
      throw Failure.usage(
          "%s needs a version and an environment, or --request ID".formatted(word),
          "Write floe platform %s v1.2.3 prod.".formatted(word));
    }
    VersionRef version = session.version(words.getFirst());
    return latest(version.version().toString(), words.getLast());
  }

  /** The request that waits; where none does, the latest, whose owner says how it ended. */
  private Doc latest(String version, String environment) {
    Query query =
        Query.of("approvals")
            .with("artifact", session.artifact())
            .with("version", version)
            .with("env", environment);
    List<Doc> found = session.api().get(query).body().docs("approvals");
    List<Doc> pending = found.stream().filter(one -> one.text("state").equals("pending")).toList();
    if (found.isEmpty()) {
      throw Failure.of(
          ProblemCode.UNKNOWN_APPROVAL,
          "no approval was requested for %s in %s".formatted(version, environment),
          "Request it: floe platform promote %s %s --request-approval."
              .formatted(version, environment));
    }
    if (pending.size() > 1) {
      String ids = pending.stream().map(one -> one.text("id")).collect(Collectors.joining(", "));
      throw Failure.usage(
          "several approvals are pending for %s in %s: %s".formatted(version, environment, ids),
          "Name one with --request ID.");
    }
    return pending.isEmpty() ? found.getFirst() : pending.getFirst();
  }
}
