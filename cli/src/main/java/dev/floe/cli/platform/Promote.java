package dev.floe.cli.platform;

import dev.floe.cli.client.Answer;
import dev.floe.cli.client.Query;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.follow.Follower;
import dev.floe.cli.picture.PlanPicture;
import dev.floe.cli.session.Session;
import dev.floe.manifest.InvalidWord;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.Span;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code floe platform promote}. */
@Command(
    name = "promote",
    description = "Brings a version one environment further, through gates and approvals.",
    customSynopsis = {
      "floe platform promote <version> <to> [OPTIONS]",
      "floe platform promote <version> <from> [→] <to> [OPTIONS]"
    },
    footer = {
      "",
      "Examples:",
      "  floe platform promote v1.2.3 staging",
      "  floe platform promote v1.2.3 staging → prod --request-approval",
      "  floe platform promote v1.2.3 prod --wait=2h"
    })
public final class Promote implements Callable<Integer> {

  private static final String ARROW = "→";

  private final Session session;

  @Parameters(
      paramLabel = "<version> [<from> [→]] <to>",
      arity = "0..*",
      description = "The version, and the environment it is to enter; -> is an arrow too.")
  List<String> words = List.of();

  @Option(names = "--dry-run", description = "Says what would happen, and changes nothing.")
  boolean dryRun;

  @Option(
      names = "--request-approval",
      description = "Requests the approval, says who must give it, and ends.")
  boolean requestApproval;

  @Option(
      names = "--wait",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "DURATION",
      description = "Follows through the approval too, at most for DURATION (10m, PT2H).")
  Optional<String> wait = Optional.empty();

  @Option(names = "--detach", description = "Prints the request's id and follows nothing.")
  boolean detach;

  @Option(names = "--queue", description = "Waits for its turn while the slot is busy.")
  boolean queue;

  @Option(names = "--force", hidden = true)
  boolean force;

  @Option(names = "--override-freeze", hidden = true)
  boolean overrideFreeze;

  @Option(names = "--downgrade", description = "Lets an older version replace a newer one.")
  boolean downgrade;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the trail.")
  String reason = "";

  @Option(
      names = "--plan",
      paramLabel = "HASH",
      description = "Goes on only if the plan is still the one that was shown.")
  String plan = "";

  @Option(
      names = "--retry",
      paramLabel = "ID",
      description = "Tries a promotion again that failed after its gates passed.")
  String retry = "";

  @Option(
      names = "--to-registries",
      split = ",",
      paramLabel = "NAME",
      description = "Copies to these registries of the environment only.")
  List<String> registries = List.of();

  public Promote(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<String> named = named();
    Optional<Duration> longest = longest();
    if (force || overrideFreeze) {
      throw Failure.of(
          ProblemCode.NOT_SUPPORTED_YET,
          "%s is not supported yet".formatted(force ? "--force" : "--override-freeze"),
          "Leave it out.");
    }
    Map<String, Object> body = body(named);
    Answer answer = session.api().post(Query.of("promotions"), body);
    Doc promotion = answer.body();
    if (dryRun) {
      session.console().result(promotion, () -> planned(promotion, typed(named)));
      return 0;
    }
    if (alreadyLive(answer)) {
      session.console().result(promotion, () -> List.of(live(promotion)));
      return 0;
    }
    if (detach) {
      session.console().result(promotion, () -> List.of(promotion.text("id")));
      return 0;
    }
    Follower.Order order =
        new Follower.Order(typed(named), requestApproval, wait.isPresent(), longest);
    return new Follower(session, order, () -> session.api().post(Query.of("promotions"), body))
        .follow(promotion, answer.status() != HttpURLConnection.HTTP_OK);
  }

  private static String live(Doc promotion) {
    return "%s is already live in %s: nothing to do."
        .formatted(promotion.text("version"), promotion.text("to"));
  }

  /** The same promotion again, for hints that are to be copied. */
  private String typed(List<String> named) {
    String artifact = session.options().artifact;
    return String.join(" ", named) + (artifact.isEmpty() ? "" : " --artifact " + artifact);
  }

  /** Version, the environment it comes from if that was named, and where it goes. */
  private List<String> named() {
    List<String> parts = words.stream().flatMap(Promote::parts).toList();
    List<String> named = parts.stream().filter(part -> !part.equals(ARROW)).toList();
    boolean arrowBetween = named.size() == parts.size() || parts.indexOf(ARROW) == 2;
    if (named.size() < 2 || named.size() > 3 || !arrowBetween || parts.size() > 4) {
      throw Failure.usage(
          "promote needs a version and a target environment, not '%s'"
              .formatted(String.join(" ", words)),
          "Write floe platform promote v1.2.3 staging, or v1.2.3 dev → staging.");
    }
    return named;
  }

  /**
   * {@code dev→staging} is three words without blanks; only between environments is an arrow one.
   */
  private static Stream<String> parts(String word) {
    return Stream.of(word.replace("->", ARROW).splitWithDelimiters(ARROW, 0))
        .filter(part -> !part.isEmpty());
  }

  private Map<String, Object> body(List<String> named) {
    Map<String, Object> body = new LinkedHashMap<>();
    put(body, "artifact", session.options().artifact);
    body.put("version", named.getFirst());
    if (named.size() == 3) {
      body.put("from", named.get(1));
    }
    body.put("to", named.getLast());
    put(body, "dryRun", dryRun);
    put(body, "requestApproval", requestApproval);
    put(body, "queue", queue);
    put(body, "downgrade", downgrade);
    put(body, "reason", reason);
    put(body, "plan", plan);
    put(body, "retry", retry);
    if (!registries.isEmpty()) {
      body.put("registries", new ArrayList<>(registries));
    }
    return body;
  }

  private static void put(Map<String, Object> body, String name, boolean flag) {
    if (flag) {
      body.put(name, true);
    }
  }

  private static void put(Map<String, Object> body, String name, String value) {
    if (!value.isEmpty()) {
      body.put(name, value);
    }
  }

  private Optional<Duration> longest() {
    try {
      return wait.filter(text -> !text.isEmpty()).map(text -> Span.parse(text).toDuration());
    } catch (InvalidWord wrong) {
      throw Failure.usage(
          "--wait: " + wrong.getMessage(), "Write it as --wait=10m or --wait=PT2H.");
    }
  }

  /** Nothing new was asked for: what is live there is this version. */
  private static boolean alreadyLive(Answer answer) {
    return answer.status() == HttpURLConnection.HTTP_OK
        && answer.body().text("state").equals("succeeded");
  }

  private List<String> planned(Doc plan, String typed) {
    return PlanPicture.of(plan, session.manifest().doc("teams"), typed);
  }
}
