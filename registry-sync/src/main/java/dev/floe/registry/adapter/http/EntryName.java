package dev.floe.registry.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.floe.registry.adapter.http.StrictTar.Unusable;
import java.util.ArrayList;
import java.util.List;

/** The name of a tar's entry: where it lies below the folder, and nothing that misleads. */
final class EntryName {

  private static final int LONGEST = 4096;
  private static final int LONGEST_SEGMENT = 255;
  private static final int DEEPEST = 64;
  private static final int SHOWN = 200;

  private EntryName() {}

  /** The segments of the name; none for the folder itself, which tar lists as {@code ./}. */
  static List<String> segments(String name) throws Unusable {
    if (name.startsWith("/")) {
      throw refused(name, "is absolute; names begin at the folder that is published");
    }
    if (name.codePoints().anyMatch(EntryName::misleads)) {
      throw refused(name, "has a control or invisible character, or is not in UTF-8");
    }
    String inner = name.startsWith("./") ? name.substring(2) : name;
    String bare = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
    List<String> segments = new ArrayList<>();
    if (bare.isEmpty() || bare.equals(".")) {
      return segments;
    }
    for (String segment : bare.split("/", -1)) {
      if (segment.equals("..")) {
        throw refused(name, "leads out of the tar");
      }
      if (segment.isEmpty() || segment.equals(".")) {
        throw refused(name, "has an empty or '.' part; write each name in its shortest form");
      }
      if (segment.getBytes(UTF_8).length > LONGEST_SEGMENT) {
        throw refused(name, "has a part of more than %d bytes".formatted(LONGEST_SEGMENT));
      }
      segments.add(segment);
    }
    if (segments.size() > DEEPEST || name.getBytes(UTF_8).length > LONGEST) {
      throw refused(
          name, "is deeper than %d folders or longer than %d bytes".formatted(DEEPEST, LONGEST));
    }
    return segments;
  }

  static Unusable refused(String name, String why) {
    return new Unusable("'%s' %s".formatted(shown(name), why));
  }

  /** The name as it can be shown in an answer. */
  static String shown(String name) {
    StringBuilder shown = new StringBuilder();
    name.codePoints()
        .limit(SHOWN)
        .forEach(
            c -> {
              if (misleads(c)) {
                shown.append("\\u{%x}".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return name.codePointCount(0, name.length()) > SHOWN ? shown + "…" : shown.toString();
  }

  /** Control and formatting characters, halves of characters, and what stands for bad bytes. */
  private static boolean misleads(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> c == 0xfffd;
    };
  }
}
