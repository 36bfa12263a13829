package dev.floe.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads which environments there are, and in which order versions pass through them. */
final class PathReader {

  private static final List<String> DEFAULT_PATH = List.of("dev", "staging", "prod");
  private static final Pattern NAME = Pattern.compile("[A-Za-z]([A-Za-z0-9_-]{0,30}[A-Za-z0-9])?");
  private static final Pattern STEP = Pattern.compile("[^\\s→]+?(?=\\s*(→|->|$)|\\s)");
  private static final Set<String> RESERVED = Set.of("all", "latest", "stream");

  private final Reading reading;
  private final Section environments;
  private final Node root;

  /** One name on the path and where it stands. */
  private record Step(String name, Node node, int offset) {}

  PathReader(Reading reading, Node root, Section environments) {
    this.reading = reading;
    this.root = root;
    this.environments = environments;
  }

  /** The path as written, else the environments in their order, else the usual three. */
  List<String> read(@Nullable Node path) {
    Map<String, Node> defined = new LinkedHashMap<>();
    environments.entries().forEach((name, entry) -> defined.put(name, entry.key()));
    defined.forEach(this::checkName);
    checkCase(defined);
    List<String> names = path != null ? written(path, defined) : List.copyOf(defined.keySet());
    if (names.isEmpty()) {
      names = DEFAULT_PATH;
    }
    if (defined.isEmpty()) {
      String assumed = String.join(" → ", names);
      reading
          .problems()
          .warning(
              root,
              "no environments are listed: %s, each without a registry".formatted(assumed),
              "list them under environments");
    }
    return names;
  }

  private List<String> written(Node path, Map<String, Node> defined) {
    List<String> names = new ArrayList<>();
    for (Step step : steps(path)) {
      if (names.contains(step.name())) {
        String message = "the path comes back to %s: a cycle".formatted(step.name());
        reading.problems().error(step.node(), step.offset(), message, "name each one once");
        continue;
      }
      names.add(step.name());
      if (defined.isEmpty()) {
        checkName(step.name(), step.node());
      } else if (!defined.containsKey(step.name())) {
        String message = "the path names %s, which is no environment".formatted(step.name());
        String hint = Names.meant(step.name(), List.copyOf(defined.keySet()));
        reading.problems().error(step.node(), step.offset(), message, hint);
      }
    }
    if (names.isEmpty()) {
      reading.problems().error(path, "the path is empty", "write dev → staging → prod");
    }
    defined.forEach((name, key) -> checkOnPath(name, key, names));
    return names;
  }

  private void checkOnPath(String name, Node key, List<String> path) {
    if (!path.contains(name)) {
      String message = "environment %s is not on promotion.path".formatted(name);
      reading.problems().error(key, message, "add it to the path, or remove it here");
    }
  }

  private List<Step> steps(Node path) {
    List<Step> steps = new ArrayList<>();
    if (path instanceof SequenceNode sequence) {
      for (Node element : sequence.getValue()) {
        String name = reading.scalar(element, "an environment's name");
        if (name != null) {
          steps.add(new Step(name, element, 0));
        }
      }
      return steps;
    }
    String text = reading.scalar(path, "a path");
    Matcher matcher = STEP.matcher(text == null ? "" : text.replace("->", "→ "));
    while (matcher.find()) {
      int offset = Scalars.quoteWidth(path) + matcher.start();
      steps.add(new Step(matcher.group(), path, offset));
    }
    return steps;
  }

  private void checkName(String name, Node node) {
    if (!NAME.matcher(name).matches()) {
      reading
          .problems()
          .error(
              node,
              "%s cannot be an environment's name".formatted(name),
              "at most 32 letters, digits, - and _, a letter first and no - or _ last");
    } else if (RESERVED.contains(name)) {
      String message = "an environment cannot be named %s".formatted(name);
      reading.problems().error(node, message, "the word has a meaning of its own");
    }
  }

  private void checkCase(Map<String, Node> defined) {
    Set<String> lower = new HashSet<>();
    defined.forEach(
        (name, node) -> {
          if (!lower.add(name.toLowerCase(Locale.ROOT))) {
            String message = "environment %s differs from another only by case".formatted(name);
            reading.problems().error(node, message, "give them different names");
          }
        });
  }
}
