package dev.floe.manifest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One pass over a manifest.
 *
 * @param recorded whether it is the recorded form, where secrets are fingerprints and gates hashes
 */
record Reading(Problems problems, boolean recorded) {

  private static final Pattern FINGERPRINT = Pattern.compile("sha256:[0-9a-f]{64}");

  /** The entries of a mapping in their order; a key that comes twice is an error. */
  Map<String, Section.Entry> entries(Node node, String place) {
    Map<String, Section.Entry> entries = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      String where = place.isEmpty() ? "a manifest" : place;
      problems.error(node, where + " must be a mapping of keys to values", "write key: value");
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      if (!(key instanceof ScalarNode scalar)) {
        problems.error(key, "a key must be a single word", "write key: value");
        continue;
      }
      String name = scalar.getValue();
      Section.Entry earlier =
          entries.putIfAbsent(name, new Section.Entry(key, tuple.getValueNode()));
      if (earlier != null) {
        int line = earlier.key().getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        problems.error(
            key, "duplicate key " + name, "it already stands in line %d; keep one".formatted(line));
      }
    }
    return entries;
  }

  /** The elements of a list; anything else counts as a list of one. */
  List<Node> elements(Node node) {
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
  }

  @Nullable String scalar(Node node, String wanted) {
    String text = Scalars.textOrNull(node);
    if (text == null) {
      String found = node instanceof SequenceNode ? "a list" : "a mapping";
      problems.error(
          node,
          "expected %s, found %s".formatted(wanted, Scalars.isNull(node) ? "nothing" : found),
          "");
    }
    return text;
  }

  boolean flag(Node node, boolean otherwise) {
    String text = scalar(node, "true or false");
    if (text == null) {
      return otherwise;
    }
    if (!node.getTag().equals(Tag.BOOL)) {
      problems.error(node, "expected true or false, found " + text, "write true or false");
      return otherwise;
    }
    return text.equalsIgnoreCase("true");
  }

  int count(Node node, String key, int otherwise, int least) {
    String text = scalar(node, "a number");
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("-?[0-9]{1,9}")) {
      problems.error(node, "%s: %s is no whole number".formatted(key, text), "");
      return otherwise;
    }
    int count = Integer.parseInt(text);
    if (count < least) {
      problems.error(node, "%s must be at least %d, found %d".formatted(key, least, count), "");
      return otherwise;
    }
    return count;
  }

  @Nullable BigDecimal amount(Node node, String key) {
    String text = scalar(node, "a number");
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,12})?")) {
      problems.error(
          node, "%s: %s is no amount".formatted(key, text), "write a number such as 0.10");
      return null;
    }
    return new BigDecimal(text);
  }

  <T> Optional<T> word(Node node, Function<String, T> read) {
    String text = scalar(node, "a text");
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(read.apply(text));
    } catch (InvalidWord e) {
      int offset = Scalars.quoteWidth(node) + e.position() - 1;
      problems.error(node, offset, String.valueOf(e.getMessage()), "write " + e.example());
      return Optional.empty();
    }
  }

  <E extends Enum<E>> @Nullable E choice(Node node, String key, Class<E> choices) {
    String text = scalar(node, "a word");
    if (text == null) {
      return null;
    }
    List<String> words = new ArrayList<>();
    for (E choice : Arrays.asList(choices.getEnumConstants())) {
      String word = choice.name().toLowerCase(Locale.ROOT);
      if (word.equals(text)) {
        return choice;
      }
      words.add(word);
    }
    String hint = "one of " + String.join(", ", words);
    problems.error(node, "%s: %s is not known".formatted(key, text), hint);
    return null;
  }

  /** What a person wrote, or what the recorded form left of it. */
  Secret secret(Node node, String text) {
    if (!recorded && FINGERPRINT.matcher(text).matches()) {
      String message = "this is a secret's fingerprint, as a manifest shows it, and not the secret";
      problems.error(node, message, "write env:NAME or file:PATH, or the secret");
    }
    return recorded ? Secret.parseRecorded(text) : Secret.parse(text);
  }
}
