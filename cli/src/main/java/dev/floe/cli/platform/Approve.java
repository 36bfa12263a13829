package dev.floe.cli.platform;

import dev.floe.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code floe platform approve}. */
@Command(
    name = "approve",
    description = "Approves a version for an environment.",
    customSynopsis = {
      "floe platform approve <version> <env> [--reason TEXT] [OPTIONS]",
      "floe platform approve --request ID [--reason TEXT] [OPTIONS]"
    },
    footer = {"", "Example:", "  floe platform approve v1.2.3 prod --reason \"scanned by hand\""})
public final class Approve implements Callable<Integer> {

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

  public Approve(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Decision(session, "approve").decide(words, request, reason);
  }
}
