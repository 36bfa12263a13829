package dev.floe.registry.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.floe.manifest.FreeText;
import dev.floe.registry.adapter.http.StrictTar.Unusable;
import java.util.ArrayList;
import java.util.List;

/** The name of a tar's entry: where it lies below the folder, and nothing that misleads. */
final class EntryName {

  private static final int LONGEST = 4096;
  private static final int LONGEST_SEGMENT = 255;
  private static final int DEEPEST = 64;

  /** What stands for bytes that are no character. */
  private static final char REPLACED = '\ufffd';

  private EntryName() {}

  /** The segments of the name; none for the folder itself, which tar lists as {@code ./}. */
  static List<String> segments(String name) throws Unusable {
    if (name.startsWith("/")) {
      throw refused(name, "is absolute; names begin at the folder that is published");
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
      if (!FreeText.told(segment).equals(segment) || segment.indexOf(REPLACED) >= 0) {
        throw refused(name, "has a control or invisible character, or is not in UTF-8");
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
    return new Unusable("'%s' %s".formatted(FreeText.quoted(name), why));
  }
}
