package dev.floe.cli.system;

import dev.floe.cli.client.Identity;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.session.Session;
import dev.floe.manifest.InvalidWord;
import dev.floe.manifest.Span;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code floe auth token}. */
@Command(
    name = "token",
    description = "Mints a token of the embedded identity, for scripts and other clients.",
    footer = {"", "Example:", "  floe auth token --life 30m"})
public final class Token implements Callable<Integer> {

  private final Session session;

  private static final Duration LONGEST = Duration.ofHours(12);

  @Option(
      names = "--life",
      paramLabel = "DURATION",
      description = "How long it is good for, at most 12h; 1h without it.")
  String life = "1h";

  public Token(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Duration lasts = lasts();
    Identity.Embedded identity = session.embedded(session.folder()).embedded();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("token", identity.mint(lasts));
    members.put("user", identity.user());
    members.put("expiresAt", session.now().plus(lasts).toString());
    Doc token = new Doc(members);
    session.console().result(token, () -> List.of(token.text("token")));
    return 0;
  }

  private Duration lasts() {
    try {
      Duration lasts = Span.parse(life).toDuration();
      if (lasts.isPositive() && lasts.compareTo(LONGEST) <= 0) {
        return lasts;
      }
    } catch (InvalidWord _) {
      // Falls through to the one message that fits.
    }
    throw Failure.usage(
        "--life %s is no length of time up to 12h".formatted(life), "Write it as --life=30m.");
  }
}
