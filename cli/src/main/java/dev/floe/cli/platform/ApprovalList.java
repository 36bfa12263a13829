package dev.floe.cli.platform;

import dev.floe.cli.client.Query;
import dev.floe.cli.document.Doc;
import dev.floe.cli.picture.ApprovalPicture;
import dev.floe.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code floe platform approval list}. */
@Command(
    name = "list",
    description = "Lists requests for approval.",
    footer = {
      "",
      "Examples:",
      "  floe platform approval list --mine",
      "  floe platform approval list --state pending"
    })
public final class ApprovalList implements Callable<Integer> {

  private final Session session;

  @Option(names = "--mine", description = "Only those that wait for you.")
  boolean mine;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only pending, approved, denied, expired or withdrawn ones.")
  String state = "";

  public ApprovalList(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Query query =
        Query.of("approvals")
            .with("artifact", session.options().artifact)
            .with("state", state)
            .with("mine", mine ? "true" : "");
    Doc page = session.api().get(query).body();
    session
        .console()
        .result(page, () -> ApprovalPicture.list(page.docs("approvals"), session.now()));
    return 0;
  }
}
