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

/** {@code floe platform cancel}. */
@Command(
    name = "cancel",
    description = "Ends a promotion that is not copying yet.",
    footer = {
      "",
      "Example:",
      "  floe platform cancel req-01J8Z3K4M5N6P7Q8R9S0T1V2W3 --reason \"too early\""
    })
public final class Cancel implements Callable<Integer> {

  private final Session session;

  @Parameters(paramLabel = "<promotion-id>", description = "The promotion's id.")
  String id = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the trail.")
  String reason = "";

  public Cancel(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Map<String, String> body = reason.isEmpty() ? Map.of() : Map.of("reason", reason);
    Doc promotion = session.api().post(Query.of("promotions", id, "cancel"), body).body();
    session.console().result(promotion, () -> List.of("Cancelled " + id));
    return 0;
  }
}
