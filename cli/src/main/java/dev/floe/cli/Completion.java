package dev.floe.cli;

import dev.floe.cli.session.GlobalOptions;
import dev.floe.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code floe completion}. */
@Command(
    name = "completion",
    description = {
      "Prints a script that completes commands and options in a shell.",
      "bash, zsh: source <(floe completion bash); fish: floe completion fish | source"
    },
    footer = {
      "",
      "Examples:",
      "  source <(floe completion bash)",
      "  floe completion fish | source"
    })
final class Completion implements Callable<Integer> {

  private final Session session;
  private final CommandTree tree;

  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
  Shell shell = Shell.BASH;

  /** The shells that scripts are there for. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  Completion(Session session, CommandTree tree) {
    this.session = session;
    this.tree = tree;
  }

  @Override
  public Integer call() {
    var all = tree.all(new Session(session.io(), new GlobalOptions()));
    String script =
        switch (shell) {
          // The script itself turns on zsh's support for bash completions.
          case BASH, ZSH -> AutoComplete.bash("floe", all);
          case FISH -> FishCompletion.script(all.getCommandSpec());
        };
    session.console().raw(script.stripTrailing());
    return 0;
  }
}
