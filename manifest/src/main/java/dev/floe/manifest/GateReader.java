package dev.floe.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads gates: a bare name, or a mapping. */
final class GateReader {

  private final Reading reading;
  private final List<String> environments;
  private final SignersReader signers;

  /** name → definition of the gates that only run after the tags moved. */
  private final Map<String, String> inline = new HashMap<>();

  GateReader(Reading reading, List<String> environments) {
    this.reading = reading;
    this.environments = environments;
    this.signers = new SignersReader(reading);
  }

  /** The gates of a list, each name once. */
  List<Gate> list(List<Node> nodes) {
    List<Gate> gates = new ArrayList<>();
    for (Node node : nodes) {
      Gate gate = gate(node, List.of());
      if (isNamed(gate.name(), gates)) {
        String message = "gate %s is listed twice".formatted(gate.name());
        reading.problems().error(node, message, "give one of them another name");
      }
      gates.add(gate);
    }
    return gates;
  }

  /** What an environment runs after its tags moved: gates defined elsewhere by name, or here. */
  List<Gate> after(List<Node> nodes, List<Gate> defined) {
    List<Gate> gates = new ArrayList<>();
    for (Node node : nodes) {
      Gate gate = gate(node, defined).asEnabled();
      // A name must mean one gate in the whole manifest: results are known by it.
      if (isNamed(gate.name(), gates) || isRedefined(node, gate, defined)) {
        String message = "gate %s is listed twice".formatted(gate.name());
        reading.problems().error(node, message, "write its name alone, or another name");
      }
      gates.add(gate);
    }
    return gates;
  }

  private boolean isRedefined(Node node, Gate gate, List<Gate> defined) {
    if (node instanceof ScalarNode || reading.recorded()) {
      return false;
    }
    String earlier = inline.putIfAbsent(gate.name(), gate.definitionHash());
    boolean differs = earlier != null && !earlier.equals(gate.definitionHash());
    return differs
        || defined.stream()
            .anyMatch(other -> other.name().equals(gate.name()) && !isShown(gate, other));
  }

  /** Shown, a gate that is defined elsewhere stands here a second time. */
  private static boolean isShown(Gate gate, Gate defined) {
    return gate.definitionHash().equals(defined.definitionHash());
  }

  private static boolean isNamed(String name, List<Gate> gates) {
    return gates.stream().anyMatch(gate -> gate.name().equals(name));
  }

  private Gate gate(Node node, List<Gate> defined) {
    if (node instanceof ScalarNode) {
      String name = checkedName(node, Scalars.text(node));
      for (Gate gate : defined) {
        if (gate.name().equals(name)) {
          return gate;
        }
      }
      Gate gate = Gate.named(name);
      checkKnown(gate, node, defined);
      signers.warnOfNobody(gate, node);
      return gate;
    }
    Section section = Section.of(reading, node, Keys.GATE);
    String name = section.required("name", "name: policy_compliance");
    return mapped(section, name.isEmpty() ? name : checkedName(section.place("name"), name));
  }

  private String checkedName(Node node, String name) {
    if (!name.matches("[A-Za-z][A-Za-z0-9._-]{0,63}")) {
      String message = "\"%s\" cannot be a gate's name".formatted(name);
      reading
          .problems()
          .error(node, message, "at most 64 letters, digits and . _ -, a letter first");
    }
    return name;
  }

  private Gate mapped(Section section, String name) {
    List<String> command = command(section.value("command"));
    String definition = definition(section, command);
    List<PolicyRule> rules = section.elements("rules").stream().map(this::rule).toList();
    Gate gate =
        new Gate(
            name,
            kind(section, name, command, definition),
            section.flag("enabled", true),
            command,
            section.duration("timeout", Gate.DEFAULT_TIMEOUT),
            section.texts("environments"),
            variables(section),
            section.text("working_directory"),
            section.count("retries", 0, 0),
            section.choice("network", Gate.Network.class, Gate.Network.HOST),
            section.choice("dry_run", Gate.DryRun.class, Gate.DryRun.SIMULATE),
            rules,
            signers.read(section),
            definition);
    if (!name.isEmpty() && !reading.recorded()) {
      checkKnown(gate, section.place("name"), List.of());
      checkRules(gate, section.place("rules"));
      signers.check(gate, section);
      checkEnvironments(section);
    }
    return gate;
  }

  /**
   * The hash that stands for a command where a manifest was shown; the built-in gates are defined
   * by what is shown of them.
   */
  private @Nullable String definition(Section section, List<String> command) {
    String definition = section.text("definition");
    if (reading.recorded() || definition == null) {
      return definition;
    }
    if (!command.isEmpty()) {
      String message = "the command is given, and a definition that stands for another";
      reading.problems().error(section.place("definition"), message, "remove definition and kind");
    }
    boolean builtIn =
        section.choice("kind", Gate.Kind.class, Gate.Kind.BUILT_IN) != Gate.Kind.COMMAND;
    return builtIn ? null : definition;
  }

  private Gate.Kind kind(
      Section section, String name, List<String> command, @Nullable String definition) {
    if (reading.recorded() || definition != null) {
      return section.choice("kind", Gate.Kind.class, Gate.Kind.MISSING);
    }
    // A command that could not be read was reported as such; it is not missing besides.
    return command.isEmpty() && section.value("command") == null
        ? Gate.kindWithoutCommand(name)
        : Gate.Kind.COMMAND;
  }

  private void checkKnown(Gate gate, Node node, List<Gate> defined) {
    if (gate.kind() == Gate.Kind.BUILT_IN && Gate.NOT_YET.contains(gate.name()) && gate.enabled()) {
      reading
          .problems()
          .notSupportedYet(node, "the gate %s without a command".formatted(gate.name()));
    }
    if (gate.kind() != Gate.Kind.MISSING) {
      return;
    }
    if (gate.name().equals(Gate.INTEGRATION_TESTS)) {
      if (gate.enabled()) {
        reading
            .problems()
            .warning(
                node,
                "integration_tests has no command: it will report an error when run",
                "add command: and what runs your tests");
      }
      return;
    }
    List<String> known = new ArrayList<>(defined.stream().map(Gate::name).toList());
    known.addAll(Gate.KNOWN);
    String hint =
        Nearest.to(gate.name(), known)
            .map(near -> "did you mean %s? Else add command:".formatted(near))
            .orElse("add command:, or use one of " + String.join(", ", known));
    reading
        .problems()
        .error(node, "unknown gate %s without a command".formatted(gate.name()), hint);
  }

  private void checkRules(Gate gate, Node node) {
    if (gate.rules().isEmpty()) {
      return;
    }
    if (!gate.name().equals(Gate.POLICY_COMPLIANCE)) {
      reading
          .problems()
          .error(
              node, "rules belong to policy_compliance alone", "move them there, or remove them");
    } else if (gate.kind() == Gate.Kind.COMMAND) {
      reading
          .problems()
          .warning(
              node, "the command replaces the built-in check: rules are not evaluated", "keep one");
    }
  }

  private void checkEnvironments(Section section) {
    for (Node node : section.textNodes("environments")) {
      String name = Scalars.text(node);
      if (!environments.contains(name)) {
        String hint = Names.meant(name, environments);
        reading.problems().error(node, "there is no environment " + name, hint);
      } else if (environments.getFirst().equals(name)) {
        reading
            .problems()
            .warning(
                node,
                "nothing is promoted into %s, the first one".formatted(name),
                "remove it here");
      }
    }
  }

  private List<String> command(@Nullable Node node) {
    if (node == null) {
      return List.of();
    }
    List<String> words;
    if (node instanceof ScalarNode) {
      words = reading.word(node, ShellWords::split).orElse(List.of("unreadable"));
      GateHints.warnOfShell(reading.problems(), node, words);
    } else {
      words = new ArrayList<>();
      for (Node word : reading.elements(node)) {
        String text = reading.scalar(word, "a word of the command");
        words.add(text == null ? "" : text);
      }
    }
    if (words.isEmpty() || words.getFirst().isEmpty()) {
      reading.problems().error(node, "the command is empty", "write command: make test");
    }
    GateHints.warnOfPlaceholders(reading.problems(), node, words);
    return words;
  }

  private static final Set<String> OURS =
      Set.of("FLOE_ARTIFACT", "FLOE_DIGEST", "FLOE_VERSION", "FLOE_FROM_ENV", "FLOE_TO_ENV");

  private Map<String, Secret> variables(Section section) {
    Map<String, Secret> variables = new LinkedHashMap<>();
    Node node = section.value("env");
    if (node == null) {
      return variables;
    }
    reading
        .entries(node, "env")
        .forEach(
            (name, entry) -> {
              if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                String message = "%s cannot be a variable's name".formatted(name);
                reading.problems().error(entry.key(), message, "letters, digits and _");
              } else if (OURS.contains(name)) {
                String message = "%s is set for every gate".formatted(name);
                reading.problems().error(entry.key(), message, "choose another name");
              }
              String value = reading.scalar(entry.value(), "a text");
              variables.put(name, reading.secret(entry.value(), value == null ? "" : value));
            });
    return variables;
  }

  private PolicyRule rule(Node node) {
    Section section = Section.of(reading, node, Keys.RULE);
    String name = section.required("name", "name: has-owner");
    String expr = section.required("expr", "expr: \"'owner' in artifact.annotations\"");
    return new PolicyRule(name, expr, section.text("message", name + " does not hold."));
  }
}
