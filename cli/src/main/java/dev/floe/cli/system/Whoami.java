package dev.floe.cli.system;

import dev.floe.cli.client.Query;
import dev.floe.cli.document.Doc;
import dev.floe.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code floe auth whoami}. */
@Command(
    name = "whoami",
    description = "Shows who the server takes you for.",
    footer = {"", "Example:", "  floe auth whoami"})
public final class Whoami implements Callable<Integer> {

  private final Session session;

  public Whoami(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Doc who = session.api().get(Query.of("whoami")).body();
    session.console().result(who, () -> picture(who));
    return 0;
  }

  private static List<String> picture(Doc who) {
    List<String> lines = new ArrayList<>();
    lines.add("%s (%s)".formatted(who.text("user"), who.text("kind", "user")));
    List<String> teams = who.texts("teams");
    if (!teams.isEmpty()) {
      lines.add("Teams: " + String.join(", ", teams));
    }
    return lines;
  }
}
