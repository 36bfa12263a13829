package dev.floe.cli.session;

import dev.floe.cli.client.Api;
import dev.floe.cli.client.DataFolder;
import dev.floe.cli.client.Identity;
import dev.floe.cli.client.Proxies;
import dev.floe.cli.client.Query;
import dev.floe.cli.client.Target;
import dev.floe.cli.console.CliIo;
import dev.floe.cli.console.Console;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.manifest.InvalidWord;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.VersionRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One invocation: what its commands see of the terminal, the server and the manifest. */
public final class Session implements AutoCloseable {

  private final CliIo io;
  private final GlobalOptions options;
  private @Nullable Console console;
  private @Nullable Api api;
  private @Nullable Doc manifest;

  public Session(CliIo io, GlobalOptions options) {
    this.io = io;
    this.options = options;
  }

  public CliIo io() {
    return io;
  }

  public GlobalOptions options() {
    return options;
  }

  public Instant now() {
    return io.clock().instant();
  }

  public Console console() {
    if (console == null) {
      console = new Console(io, options.output, options.quiet, colour());
    }
    return console;
  }

  /** Whether signs may be coloured where there is a terminal. */
  public boolean colour() {
    return !options.noColour
        && io.variable("NO_COLOR").isEmpty()
        && !io.variable("TERM").equals("dumb");
  }

  public DataFolder folder() {
    return DataFolder.of(options.data, io);
  }

  public Target target() {
    return Target.of(or(options.url, "FLOE_URL"), this::folder);
  }

  public Api api() {
    if (api == null) {
      Target target = target();
      api = new Api(target, identity(target), Proxies.of(io.environment()));
    }
    return api;
  }

  /**
   * Who asks at {@code target}. A server elsewhere gets no token under this machine's key, unless
   * its folder was named.
   */
  public Identity identity(Target target) {
    String token = or(options.token, "FLOE_TOKEN");
    if (!token.isEmpty()) {
      return new Identity.Given(token);
    }
    DataFolder folder = folder();
    return folder.named() || target.isLoopback() ? embedded(folder) : new Identity.Unknown(folder);
  }

  /** The name under the key of {@code folder}, if it has one. */
  public Identity embedded(DataFolder folder) {
    return folder.hasKey()
        ? new Identity.Embedded(folder, user(), io.clock())
        : new Identity.Unknown(folder);
  }

  /** {@code --user}, else {@code FLOE_USER}, else the operating system's user at localhost. */
  public String user() {
    String user = or(options.user(), "FLOE_USER");
    return user.isEmpty() ? System.getProperty("user.name", "") + "@localhost" : user;
  }

  /** The manifest in force; {@link Doc#EMPTY} where there is none. */
  public Doc manifest() {
    if (manifest == null) {
      manifest = readManifest();
    }
    return manifest;
  }

  private Doc readManifest() {
    try {
      Doc answer = api().get(Query.of("manifest")).body();
      return answer.has("manifest") ? answer.doc("manifest") : answer;
    } catch (Failure failure) {
      if (failure.exitCode() == ProblemCode.NOT_FOUND.exitCode()) {
        return Doc.EMPTY;
      }
      throw failure;
    }
  }

  /** {@code --artifact}, else the manifest's only or first artifact, else floe-platform. */
  public String artifact() {
    if (!options.artifact.isEmpty()) {
      return options.artifact;
    }
    List<String> artifacts = manifest().texts("artifact");
    return artifacts.isEmpty() ? Manifest.DEFAULT_ARTIFACT : artifacts.getFirst();
  }

  /** The environments in the order of the path. */
  public List<String> environments() {
    List<String> path = manifest().doc("promotion").texts("path");
    return path.isEmpty() ? List.copyOf(manifest().doc("environments").members().keySet()) : path;
  }

  /** A version as people write it, taken apart by the manifest's environments. */
  public VersionRef version(String text) {
    try {
      return VersionRef.parse(text, environments());
    } catch (InvalidWord wrong) {
      throw Failure.of(
          ProblemCode.INVALID_VERSION,
          String.valueOf(wrong.getMessage()),
          "Write it as " + wrong.example() + ".");
    }
  }

  private String or(String option, String variable) {
    return option.isEmpty() ? io.variable(variable) : option;
  }

  @Override
  public void close() {
    if (console != null) {
      console.close();
    }
  }
}
