package dev.floe.cli;

import dev.floe.cli.audit.Search;
import dev.floe.cli.audit.Tail;
import dev.floe.cli.config.Apply;
import dev.floe.cli.config.Sample;
import dev.floe.cli.config.Show;
import dev.floe.cli.config.Validate;
import dev.floe.cli.platform.ApprovalList;
import dev.floe.cli.platform.ApprovalStatus;
import dev.floe.cli.platform.Approve;
import dev.floe.cli.platform.Cancel;
import dev.floe.cli.platform.Deny;
import dev.floe.cli.platform.Drift;
import dev.floe.cli.platform.ListVersions;
import dev.floe.cli.platform.Promote;
import dev.floe.cli.platform.Publish;
import dev.floe.cli.platform.Resume;
import dev.floe.cli.platform.Status;
import dev.floe.cli.platform.Tag;
import dev.floe.cli.platform.Timeline;
import dev.floe.cli.session.Session;
import dev.floe.cli.system.Doctor;
import dev.floe.cli.system.Login;
import dev.floe.cli.system.Open;
import dev.floe.cli.system.Token;
import dev.floe.cli.system.Whoami;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every command by name. Only those on the way that was typed are built: building all of them costs
 * more than running one.
 */
final class CommandTree {

  /** Commands at the top that this module only describes. */
  static final Map<String, String> ELSEWHERE =
      Map.of(
          "up", "Starts the whole system in one process, with embedded real parts.",
          "down", "Stops a system that was started with up --detach.",
          "demo", "Shows the main job from end to end on a throw-away system.");

  private static final List<Node> CLIENT =
      List.of(
          leaf("open", Open::new),
          leaf("doctor", Doctor::new),
          group(
              "config",
              "The manifest: what moves, through which environments, by which rules.",
              leaf("sample", Sample::new),
              leaf("validate", Validate::new),
              leaf("apply", Apply::new),
              leaf("show", Show::new)),
          group(
              "platform",
              "Versions and their way through the environments.",
              leaf("publish", Publish::new),
              leaf("promote", Promote::new),
              leaf("approve", Approve::new),
              leaf("deny", Deny::new),
              group(
                  "approval",
                  "Requests for approval.",
                  leaf("status", ApprovalStatus::new),
                  leaf("list", ApprovalList::new)),
              leaf("status", Status::new),
              leaf("timeline", Timeline::new),
              leaf("list", ListVersions::new),
              leaf("tag", Tag::new),
              leaf("drift", Drift::new),
              leaf("cancel", Cancel::new),
              leaf("resume", Resume::new)),
          group(
              "audit",
              "The trail: who did what, when.",
              leaf("search", Search::new),
              leaf("tail", Tail::new)),
          group(
              "auth",
              "Who you are to the server.",
              leaf("login", Login::new),
              leaf("whoami", Whoami::new),
              leaf("token", Token::new)));

  private final List<Node> commands;

  /** A command, a group of commands, or a command that the launcher runs before this one. */
  private record Node(
      String name,
      String description,
      @Nullable Function<Session, Object> maker,
      List<Node> children) {}

  /**
   * All commands.
   *
   * @param more makes those that this module only describes, by their names
   */
  CommandTree(Map<String, Function<Session, Object>> more) {
    List<Node> all = new ArrayList<>();
    for (String name : List.of("up", "down", "demo")) {
      String description = String.valueOf(ELSEWHERE.get(name));
      all.add(new Node(name, description, more.get(name), List.of()));
    }
    all.addAll(CLIENT);
    all.add(leaf("completion", session -> new Completion(session, this)));
    commands = List.copyOf(all);
  }

  private static Node leaf(String name, Function<Session, Object> maker) {
    return new Node(name, "", maker, List.of());
  }

  private static Node group(String name, String description, Node... children) {
    return new Node(name, description, null, List.of(children));
  }

  /** The model of every command, for help, completion and the reference page. */
  CommandLine all(Session session) {
    return along(List.of(), session);
  }

  /** The model of the commands on the way of {@code words}; of all where the way is unknown. */
  CommandLine along(List<String> words, Session session) {
    CommandSpec root = CommandSpec.forAnnotatedObject(session.options());
    root.addOption(user(session));
    add(root, commands, words, session);
    CommandLine line = new CommandLine(root);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAbbreviatedOptionsAllowed(false);
    line.setAbbreviatedSubcommandsAllowed(false);
    // A value is text: @name is somebody's handle and no file to read arguments from.
    line.setExpandAtFiles(false);
    Help.style(line, session.io().variable("COLUMNS"));
    return line;
  }

  private static void add(
      CommandSpec parent, List<Node> nodes, List<String> words, Session session) {
    List<Node> named =
        words.isEmpty()
            ? nodes
            : nodes.stream().filter(node -> node.name().equals(words.getFirst())).toList();
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    for (Node node : named.isEmpty() ? nodes : named) {
      parent.addSubcommand(node.name(), spec(node, named.isEmpty() ? List.of() : rest, session));
    }
  }

  private static CommandSpec spec(Node node, List<String> words, Session session) {
    if (node.maker() != null) {
      CommandSpec spec = CommandSpec.forAnnotatedObject(node.maker().apply(session));
      if (!spec.optionsMap().containsKey("--user")) {
        spec.addOption(user(session));
      }
      spec.usageMessage().abbreviateSynopsis(true);
      return spec;
    }
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(node.description());
    add(spec, node.children(), words, session);
    return spec;
  }

  /** Built by hand, since it is of every command but those that filter by user. */
  private static OptionSpec user(Session session) {
    return OptionSpec.builder("--user")
        .paramLabel("NAME")
        .type(String.class)
        .description("Who asks in the embedded mode. Default: FLOE_USER, else you at localhost.")
        .hasInitialValue(false)
        .setter(
            new ISetter() {
              @Override
              @SuppressWarnings("unchecked")
              public <T> T set(T value) {
                if (value != null) {
                  session.options().user(value.toString());
                }
                return value;
              }
            })
        .build();
  }
}
