package dev.floe.manifest;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** One mapping of the manifest: hands out checked values and records what is wrong with them. */
final class Section {

  private final Reading reading;
  private final Keys keys;
  private final Node node;
  private final Map<String, Entry> entries;

  /** A key and its value, each with its place. */
  record Entry(Node key, Node value) {}

  private Section(Reading reading, Keys keys, Node node, Map<String, Entry> entries) {
    this.reading = reading;
    this.keys = keys;
    this.node = node;
    this.entries = entries;
  }

  /** A section whose keys are all known beforehand. */
  static Section of(Reading reading, @Nullable Node node, Keys keys, Node otherwise) {
    Section section = open(reading, node, keys, otherwise);
    section.entries.forEach(
        (name, entry) -> {
          if (!keys.known().contains(name)) {
            section.unknown(name, entry.key());
          } else if (Scalars.isNull(entry.value())) {
            section.empty(name, entry.key());
          } else {
            section.notSupportedYet(name, entry);
          }
        });
    return section;
  }

  static Section of(Reading reading, Node node, Keys keys) {
    return of(reading, node, keys, node);
  }

  /**
   * A section some of whose keys are names that the manifest's author chose.
   *
   * @param otherwise the place to blame if there is no such section
   */
  static Section open(Reading reading, @Nullable Node node, Keys keys, Node otherwise) {
    if (node == null || Scalars.isNull(node)) {
      return new Section(reading, keys, node == null ? otherwise : node, new LinkedHashMap<>());
    }
    return new Section(reading, keys, node, reading.entries(node, keys.place()));
  }

  void unknown(String name, Node key) {
    if (reading.recorded()) {
      return; // written by a later release, which knows keys that this one does without
    }
    String where = keys.place().isEmpty() ? "the manifest" : keys.place();
    String known = "known here: " + String.join(", ", keys.known());
    String hint =
        Nearest.to(name, keys.known())
            .map(near -> "did you mean %s?".formatted(near))
            .orElse(known);
    reading.problems().error(key, "unknown key %s in %s".formatted(name, where), hint);
  }

  private void notSupportedYet(String name, Entry entry) {
    if (!reading.recorded()) {
      NotYet.of(keys, name, entry.value())
          .ifPresent(row -> reading.problems().notSupportedYet(entry.key(), row.path()));
    }
  }

  private void empty(String name, Node key) {
    String hint = "remove the key, or give it a value; a value that starts with # needs quotes";
    reading.problems().warning(key, name + " has no value", hint);
  }

  Node node() {
    return node;
  }

  boolean has(String key) {
    return entry(key) != null;
  }

  private @Nullable Entry entry(String key) {
    return entries.get(key);
  }

  Map<String, Entry> entries() {
    return entries;
  }

  /** The value's node; null if the key is missing or empty. */
  @Nullable Node value(String key) {
    Entry entry = entry(key);
    return entry == null || Scalars.isNull(entry.value()) ? null : entry.value();
  }

  /** The place to blame for a key: its value, or the section if the key is missing. */
  Node place(String key) {
    Entry entry = entry(key);
    return entry == null ? node : entry.value();
  }

  @Nullable String text(String key) {
    Node value = value(key);
    return value == null ? null : reading.scalar(value, "a text");
  }

  String text(String key, String otherwise) {
    String text = text(key);
    return text == null ? otherwise : text;
  }

  /** The place that {@code text} names; a secret that stands here itself is an error. */
  Secret elsewhere(String key, String text, String message, String fix) {
    Secret secret = reading.secret(place(key), text);
    if (secret instanceof Secret.Inline) {
      reading.problems().error(place(key), message, fix);
    }
    return secret;
  }

  /** A text that must be there; empty after an error. */
  String required(String key, String hint) {
    String text = text(key);
    if (text == null || text.isBlank()) {
      if (value(key) == null || text != null) {
        String where = keys.place();
        reading.problems().error(place(key), "%s is missing in %s".formatted(key, where), hint);
      }
      return "";
    }
    return text;
  }

  boolean flag(String key, boolean otherwise) {
    Node value = value(key);
    return value == null ? otherwise : reading.flag(value, otherwise);
  }

  int count(String key, int otherwise, int least) {
    Node value = value(key);
    return value == null ? otherwise : reading.count(value, key, otherwise, least);
  }

  @Nullable BigDecimal amount(String key) {
    Node value = value(key);
    return value == null ? null : reading.amount(value, key);
  }

  /** A list of texts; a single text counts as a list of one. */
  List<String> texts(String key) {
    return textNodes(key).stream().map(Scalars::text).toList();
  }

  List<Node> textNodes(String key) {
    Node value = value(key);
    if (value == null) {
      return List.of();
    }
    List<Node> texts = new ArrayList<>();
    for (Node element : reading.elements(value)) {
      if (reading.scalar(element, "a text") != null) {
        texts.add(element);
      }
    }
    return texts;
  }

  /** The elements of a list, for those that are no plain texts. */
  List<Node> elements(String key) {
    Node value = value(key);
    return value == null ? List.of() : reading.elements(value);
  }

  Section section(String key, Keys inner) {
    return of(reading, value(key), inner, node);
  }

  /** Reads a word with the given function, and reports what it says against it. */
  <T> Optional<T> word(String key, Function<String, T> read) {
    Node value = value(key);
    return value == null ? Optional.empty() : reading.word(value, read);
  }

  <E extends Enum<E>> E choice(String key, Class<E> choices, E otherwise) {
    Node value = value(key);
    if (value == null) {
      return otherwise;
    }
    E chosen = reading.choice(value, key, choices);
    return chosen == null ? otherwise : chosen;
  }

  /** A time after which something happens: {@code 300s}, {@code 10m}, {@code PT2S}. */
  Duration duration(String key, Duration otherwise) {
    Node value = value(key);
    return value == null ? otherwise : Times.duration(reading, value, key, false, otherwise);
  }

  /** As {@link #duration}, a bare number being days. */
  Duration days(String key, Duration otherwise) {
    Node value = value(key);
    return value == null ? otherwise : Times.duration(reading, value, key, true, otherwise);
  }

  /** A length of time that may have months and years; a bare number is days. */
  @Nullable Span span(String key) {
    Node value = value(key);
    return value == null ? null : Times.span(reading, value, key, true);
  }
}
