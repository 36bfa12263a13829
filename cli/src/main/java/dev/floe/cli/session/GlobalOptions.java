package dev.floe.cli.session;

import dev.floe.cli.console.Format;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command has. */
@Command(
    name = "floe",
    description = "Moves OCI artifacts from dev to prod through gates and approvals.",
    footer = {
      "",
      "Examples:",
      "  floe demo                                 the main job, told step by step",
      "  floe up --detach                          the whole system on this machine",
      "  floe platform publish v1.2.3 --from ./out",
      "  floe platform promote v1.2.3 staging",
      "  floe help platform promote                what a command does, with examples",
      "",
      "Exit codes: 0 done, 2 bad usage, 3 not found, 5 unreachable, 8 gate failed, 9 invalid step,",
      "12 not allowed, 14 separation of duties, 15 approval needed, 16 denied or cancelled, 17"
          + " busy,",
      "124 --wait ran out, 130 interrupted. docs/cli.md has them all."
    })
public final class GlobalOptions {

  @Option(
      names = "--artifact",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "The artifact. Default: the manifest's first, else floe-platform.")
  public String artifact = "";

  @Option(
      names = {"-o", "--output"},
      scope = ScopeType.INHERIT,
      paramLabel = "table|json|yaml",
      description = "How results are printed. Default: table, which is for people.")
  public Format output = Format.TABLE;

  @Option(
      names = "--url",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description = "The server. Default: FLOE_URL, else what floe.json in the data folder says.")
  public String url = "";

  @Option(
      names = "--token",
      scope = ScopeType.INHERIT,
      paramLabel = "TOKEN",
      description = "A bearer token that says who asks. Default: FLOE_TOKEN, else --user.")
  public String token = "";

  @Option(
      names = "--data",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "Data folder of floe up. Default: FLOE_DATA, else ~/.local/share/floe.")
  public String data = "";

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Prints no progress and no warnings.")
  public boolean quiet;

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "Prints no colours; NO_COLOR does the same.")
  public boolean noColour;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Shows this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version.")
  boolean version;

  private String user = "";

  /** Who asks in the embedded mode; empty for the usual name. */
  public String user() {
    return user;
  }

  /**
   * {@code --user}, which is an option of every command but those that filter by user: there the
   * word has the filter's meaning, and this one stands before the command.
   */
  public void user(String name) {
    user = name;
  }
}
