package dev.floe.cli.platform;

import dev.floe.cli.client.Query;
import dev.floe.cli.document.Doc;
import dev.floe.cli.session.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code floe platform resume}. */
@Command(
    name = "resume",
    description =
        "Folds the history of a halted artifact again, in every service, after its cause is gone.")
public final class Resume implements Callable<Integer> {

  private final Session session;

  @Parameters(paramLabel = "<artifact>", description = "The artifact, as floe doctor names it.")
  String artifact = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the trail.")
  String reason = "";

  public Resume(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Map<String, String> body = reason.isEmpty() ? Map.of() : Map.of("reason", reason);
    Doc resumed = session.api().post(Query.of("artifacts", artifact, "resume"), body).body();
    session
        .console()
        .result(
            resumed,
            () -> List.of("Resumed " + artifact + "; floe doctor says whether anything is left."));
    return 0;
  }
}
