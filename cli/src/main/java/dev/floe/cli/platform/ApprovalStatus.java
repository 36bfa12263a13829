package dev.floe.cli.platform;

import dev.floe.cli.client.Query;
import dev.floe.cli.document.Doc;
import dev.floe.cli.picture.ApprovalPicture;
import dev.floe.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code floe platform approval status}. */
@Command(
    name = "status",
    description = "Shows how a request for approval stands.",
    footer = {"", "Example:", "  floe platform approval status req-01J8Z3K4M5N6P7Q8R9S0T1V2W3"})
public final class ApprovalStatus implements Callable<Integer> {

  private final Session session;

  @Parameters(paramLabel = "ID", description = "The request's id.")
  String id = "";

  public ApprovalStatus(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Doc approval = session.api().get(Query.of("approvals", id)).body();
    session.console().result(approval, () -> ApprovalPicture.status(approval, session.now()));
    return 0;
  }
}
