package dev.floe.cli.system;

import dev.floe.cli.client.Identity;
import dev.floe.cli.client.Query;
import dev.floe.cli.client.Target;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.session.Session;
import dev.floe.manifest.ProblemCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code floe auth login}. */
@Command(
    name = "login",
    description = "Says which identity is used, and whether the server accepts it.",
    footer = {
      "",
      "Example:",
      "  floe auth login --token \"$TOKEN\" --url https://floe.example.com"
    })
public final class Login implements Callable<Integer> {

  private final Session session;

  public Login(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Target target = session.target();
    String how =
        switch (session.identity(target)) {
          case Identity.Embedded embedded ->
              "the key in %s; it proves the flow, not the person"
                  .formatted(embedded.folder().path());
          case Identity.Given _ -> "the token that was given";
          case Identity.Unknown(var folder) ->
              throw Failure.of(
                  ProblemCode.NOT_AUTHENTICATED,
                  "there is neither a token nor a key in " + folder.path(),
                  "Give a token with --token or FLOE_TOKEN, or the folder of floe up with --data.");
        };
    Doc who = session.api().get(Query.of("whoami")).body();
    session
        .console()
        .result(
            who,
            () ->
                List.of(
                    "Signed in at %s as %s".formatted(target.url(), who.text("user")),
                    "By " + how));
    return 0;
  }
}
