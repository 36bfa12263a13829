package dev.floe.cli.platform;

import dev.floe.cli.client.Query;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.session.Session;
import dev.floe.manifest.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code floe platform tag}. */
@Command(
    name = "tag",
    description =
        "Sets the tags of a version again in an environment where it is or was: a repair of tags"
            + " that were deleted or moved.",
    footer = {"", "Example:", "  floe platform tag v1.2.3 prod"})
public final class Tag implements Callable<Integer> {

  private final Session session;

  @Parameters(index = "0", paramLabel = "<version>", description = "The version.")
  String version = "";

  @Parameters(index = "1", paramLabel = "<env>", description = "The environment.")
  String environment = "";

  public Tag(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    String plain = session.version(version).version().toString();
    Query tags = Query.of("artifacts", session.artifact(), "versions", plain, "tags");
    Doc repair = session.api().post(tags, Map.of("env", environment)).body();
    Doc done = awaited(plain, repair);
    List<String> set = done.texts("refs");
    List<String> missing = repair.texts("tags").stream().filter(ref -> !set.contains(ref)).toList();
    Doc result = repair.with("tags", set).with("missing", missing);
    session.console().result(result, () -> picture(set, missing));
    return 0;
  }

  private static List<String> picture(List<String> set, List<String> missing) {
    return Stream.concat(
            set.stream().map(ref -> "  ✓ Tagged " + ref),
            missing.stream().map(ref -> "  ⚠ Not yet tagged " + ref + "; floe tries again"))
        .toList();
  }

  private Doc awaited(String plain, Doc repair) {
    return Awaited.tags(session, () -> assigned(plain, repair))
        .orElseThrow(
            () ->
                Failure.of(
                    ProblemCode.TIMED_OUT,
                    "The tags of %s in %s were not set within %d s"
                        .formatted(plain, environment, Awaited.LONGEST.toSeconds()),
                    "See floe audit search --version %s for what the registry said."
                        .formatted(plain)));
  }

  /** What the registries' own service says of the repair, in the trail. */
  private Optional<Doc> assigned(String plain, Doc repair) {
    Optional<Doc> assigned = told("tags_assigned", plain, repair);
    if (assigned.isEmpty()) {
      told("tag_assignment_failed", plain, repair)
          .ifPresent(
              failed -> {
                throw Failure.of(
                    ProblemCode.of(failed.text("trouble")).orElse(ProblemCode.TAGGING_FAILED),
                    failed.text("message"),
                    "Tags cannot bring back an artifact that the registry lost: promote another"
                        + " version.");
              });
    }
    return assigned;
  }

  private Optional<Doc> told(String event, String plain, Doc repair) {
    Query query =
        Query.of("audit")
            .with("artifact", session.artifact())
            .with("version", plain)
            .with("event", event)
            .with("limit", "20");
    List<Doc> entries = session.api().get(query).body().docs("entries");
    return entries.stream()
        .map(entry -> entry.doc("details"))
        .filter(details -> details.text("promotion").isEmpty())
        .filter(details -> details.number("intent") == repair.number("repair"))
        .findFirst();
  }
}
