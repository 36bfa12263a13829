package dev.floe.cli.system;

import dev.floe.cli.client.Query;
import dev.floe.cli.document.Doc;
import dev.floe.cli.session.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code floe open}. */
@Command(
    name = "open",
    description = "Prints a one-time URL that signs you in on the web page.",
    footer = {"", "Example:", "  floe open"})
public final class Open implements Callable<Integer> {

  private final Session session;

  public Open(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Doc code = session.api().post(Query.of("sign-in-codes"), Map.of()).body();
    session.console().result(code, () -> List.of(code.text("url")));
    return 0;
  }
}
