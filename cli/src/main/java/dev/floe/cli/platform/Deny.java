package dev.floe.cli.platform;

import dev.floe.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code floe platform deny}. */
@Command(
    name = "deny",
    description = "Denies a version for an environment; one denial is enough.",
    customSynopsis = {
      "floe platform deny <version> <env> [--reason TEXT] [OPTIONS]",
      "floe platform deny --request ID [--reason TEXT] [OPTIONS]"
    },
    footer = {"", "Example:", "  floe platform deny v1.2.3 prod --reason \"not before Monday\""})
public final class Deny implements Callable<Integer> {

  private final Session session;

  @Parameters(
      paramLabel = "<version> <env>",
      arity = "0..2",
      description = "The version and the environment it is to enter.")
  List<String> words = List.of();

  @Option(names = "--request", paramLabel = "ID", description = "The request, by its id.")
  String request = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the trail.")
  String reason = "";

  public Deny(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Decision(session, "deny").decide(words, request, reason);
  }
}
