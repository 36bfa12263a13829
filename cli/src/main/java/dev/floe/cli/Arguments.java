package dev.floe.cli;

import dev.floe.cli.console.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be said about arguments before they are parsed. */
record Arguments(List<String> words) {

  private static final Set<String> WITH_VALUE =
      Set.of("--artifact", "-o", "--output", "--url", "--token", "--data", "--user");
  private static final String ARROW = "→";

  Arguments {
    words = List.copyOf(words);
  }

  static Arguments of(String[] args) {
    return new Arguments(List.of(args));
  }

  /** The words that are no options: the way through the tree of commands, and then more. */
  List<String> way() {
    List<String> way = new ArrayList<>();
    boolean value = false;
    for (String word : words) {
      if (!value && !word.startsWith("-")) {
        way.add(word);
      }
      value = !value && WITH_VALUE.contains(word);
    }
    return way;
  }

  /** How results, and so failures, are to be printed; the parser may not get as far. */
  Format format() {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String value = "";
      if (word.equals("-o") || word.equals("--output")) {
        value = i + 1 < words.size() ? words.get(i + 1) : "";
      } else if (word.startsWith("--output=")) {
        value = word.substring("--output=".length());
      } else if (word.startsWith("-o")) {
        value = word.substring("-o".length()).replaceFirst("^=", "");
      }
      for (Format format : Format.values()) {
        if (format.name().toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT))) {
          return format;
        }
      }
    }
    return Format.TABLE;
  }

  /**
   * The arguments as the parser can read them: it would take {@code ->} for an option, and the word
   * after a bare {@code --wait} for its value.
   */
  String[] readable() {
    List<String> readable = new ArrayList<>();
    boolean promote = way().contains("promote");
    for (String word : words) {
      if (!promote) {
        readable.add(word);
      } else if (word.equals("->")) {
        readable.add(ARROW);
      } else if (word.equals("--wait")) {
        readable.add("--wait=");
      } else if (word.matches("[^-=→].*(→|->).+")) {
        String[] ends = word.split("→|->", 2);
        readable.addAll(List.of(ends[0], ARROW, ends[1]));
      } else {
        readable.add(word);
      }
    }
    return readable.toArray(String[]::new);
  }
}
