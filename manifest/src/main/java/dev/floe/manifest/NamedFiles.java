package dev.floe.manifest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that a manifest names. It looks at everything that is written of the manifest, so
 * that a key of tomorrow is found as well, and at the variables of gates, which are never written.
 */
final class NamedFiles {

  private static final String FILE = "file:";

  private NamedFiles() {}

  static Set<String> in(Manifest manifest) {
    Set<String> found = new TreeSet<>();
    collect(ManifestTree.of(manifest), found);
    manifest
        .gates()
        .flatMap(gate -> gate.env().values().stream())
        .forEach(variable -> collect(variable.redacted(), found));
    return found;
  }

  private static void collect(@Nullable Object value, Set<String> found) {
    switch (value) {
      case Map<?, ?> map -> map.values().forEach(member -> collect(member, found));
      case List<?> list -> list.forEach(element -> collect(element, found));
      case String text
          when text.length() > FILE.length()
              && text.regionMatches(true, 0, FILE, 0, FILE.length()) ->
          found.add(text.substring(FILE.length()));
      case null, default -> {}
    }
  }
}
