package dev.floe.manifest;

import java.util.ArrayList;
import java.util.List;

/**
 * A semantic version with a leading {@code v}, ordered by semver precedence.
 *
 * <p>Build metadata is refused: a registry tag cannot hold a {@code +}.
 */
public record Version(long major, long minor, long patch, List<String> prerelease)
    implements Comparable<Version> {

  /** Leaves room for {@code -<environment>} in a registry tag of 128 characters. */
  public static final int MAX_LENGTH = 95;

  private static final String EXAMPLE = "v1.2.3 or v1.2.3-rc1";

  public Version {
    prerelease = List.copyOf(prerelease);
  }

  public static Version of(long major, long minor, long patch) {
    return new Version(major, minor, patch, List.of());
  }

  /**
   * Reads {@code v1.2.3} or {@code v1.2.3-rc1}.
   *
   * @throws InvalidWord with position and example
   */
  public static Version parse(String text) {
    Cursor cursor = new Cursor("version", text, EXAMPLE);
    Version version = read(cursor);
    if (cursor.here() == '+') {
      throw cursor.fail("build metadata cannot stand in a registry tag");
    }
    if (!cursor.done()) {
      throw cursor.fail("unexpected character");
    }
    if (text.length() > MAX_LENGTH) {
      throw cursor.fail(MAX_LENGTH, "longer than " + MAX_LENGTH + " characters");
    }
    return version;
  }

  static Version read(Cursor cursor) {
    cursor.expect('v', "a version starts with v");
    long major = cursor.number("the major version");
    cursor.expect('.', "expected . and the minor version");
    long minor = cursor.number("the minor version");
    cursor.expect('.', "expected . and the patch version");
    long patch = cursor.number("the patch version");
    return new Version(major, minor, patch, readPrerelease(cursor));
  }

  private static List<String> readPrerelease(Cursor cursor) {
    List<String> identifiers = new ArrayList<>();
    if (cursor.take("-")) {
      do {
        identifiers.add(readIdentifier(cursor));
      } while (cursor.take("."));
    }
    return identifiers;
  }

  private static String readIdentifier(Cursor cursor) {
    int start = cursor.position();
    while (isIdentifierCharacter(cursor.here())) {
      cursor.step();
    }
    String identifier = cursor.since(start);
    if (identifier.isEmpty()) {
      throw cursor.fail("a prerelease part is missing (letters, digits and hyphens)");
    }
    if (isNumeric(identifier) && identifier.length() > 1 && identifier.startsWith("0")) {
      throw cursor.fail(start, "a numeric prerelease part has a leading zero");
    }
    return identifier;
  }

  private static boolean isIdentifierCharacter(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  }

  private static boolean isNumeric(String identifier) {
    return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  public boolean isPrerelease() {
    return !prerelease.isEmpty();
  }

  public boolean isNewerThan(Version other) {
    return compareTo(other) > 0;
  }

  boolean sameRelease(Version other) {
    return major == other.major && minor == other.minor && patch == other.patch;
  }

  @Override
  public int compareTo(Version other) {
    int release = Long.compare(major, other.major);
    release = release != 0 ? release : Long.compare(minor, other.minor);
    release = release != 0 ? release : Long.compare(patch, other.patch);
    if (release != 0) {
      return release;
    }
    if (isPrerelease() != other.isPrerelease()) {
      return isPrerelease() ? -1 : 1;
    }
    for (int i = 0; i < Math.min(prerelease.size(), other.prerelease.size()); i++) {
      int part = compareParts(prerelease.get(i), other.prerelease.get(i));
      if (part != 0) {
        return part;
      }
    }
    return Integer.compare(prerelease.size(), other.prerelease.size());
  }

  private static int compareParts(String left, String right) {
    boolean leftNumeric = isNumeric(left);
    if (leftNumeric != isNumeric(right)) {
      return leftNumeric ? -1 : 1;
    }
    // Without leading zeros the longer number is the larger one; this never overflows.
    return leftNumeric && left.length() != right.length()
        ? Integer.compare(left.length(), right.length())
        : left.compareTo(right);
  }

  /** The version as it is tagged, with its leading {@code v}. */
  @Override
  public String toString() {
    String release = "v" + major + "." + minor + "." + patch;
    return isPrerelease() ? release + "-" + String.join(".", prerelease) : release;
  }
}
