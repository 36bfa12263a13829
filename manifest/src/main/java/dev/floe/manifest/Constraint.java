package dev.floe.manifest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which versions will do: an exact one, {@code v1.2.*}, {@code v1.*.*}, {@code latest} or a range.
 *
 * <p>A prerelease matches a range only if one of its bounds is a prerelease of the same release, as
 * in node-semver; it never matches a wildcard or {@code latest}.
 */
public record Constraint(Kind kind, String text, List<Bound> bounds) {

  /** What form a constraint was written in. */
  public enum Kind {
    EXACT,
    WILDCARD,
    RANGE,
    LATEST
  }

  /** How a bound compares. */
  public enum Operator {
    AT_LEAST(">="),
    AT_MOST("<="),
    ABOVE(">"),
    BELOW("<"),
    EQUAL("=");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    boolean isLower() {
      return this == AT_LEAST || this == ABOVE || this == EQUAL;
    }

    boolean isUpper() {
      return this == AT_MOST || this == BELOW || this == EQUAL;
    }
  }

  /** One side of a range. */
  public record Bound(Operator operator, Version version) {

    boolean holds(Version candidate) {
      int order = candidate.compareTo(version);
      return switch (operator) {
        case AT_LEAST -> order >= 0;
        case AT_MOST -> order <= 0;
        case ABOVE -> order > 0;
        case BELOW -> order < 0;
        case EQUAL -> order == 0;
      };
    }
  }

  private static final String EXAMPLE =
      "v1.2.3, v1.2.*, v1.*.*, latest, >=v1.0.0,<v2.0.0 or v1.2.3-rc1";

  public Constraint {
    bounds = List.copyOf(bounds);
  }

  /**
   * Reads a constraint in any of its forms.
   *
   * @throws InvalidWord with position and example
   */
  public static Constraint parse(String text) {
    if (text.equals("latest")) {
      return new Constraint(Kind.LATEST, text, List.of());
    }
    Cursor cursor = new Cursor("version constraint", text, EXAMPLE);
    if (cursor.here() == 'v') {
      return text.indexOf('*') >= 0 ? wildcard(cursor, text) : exact(cursor, text);
    }
    return range(cursor, text);
  }

  private static Constraint exact(Cursor cursor, String text) {
    Version version = Version.read(cursor);
    end(cursor);
    return new Constraint(Kind.EXACT, text, List.of(new Bound(Operator.EQUAL, version)));
  }

  private static void end(Cursor cursor) {
    if (cursor.here() == '+') {
      throw cursor.fail("build metadata cannot stand in a registry tag");
    }
    if (!cursor.done()) {
      throw cursor.fail("unexpected character");
    }
  }

  private static Constraint wildcard(Cursor cursor, String text) {
    cursor.expect('v', "a version starts with v");
    if (cursor.here() == '*') {
      throw cursor.fail("the major version cannot be open (latest takes any release)");
    }
    long major = cursor.number("the major version");
    cursor.expect('.', "expected . and the minor version or *");
    if (cursor.take("*")) {
      cursor.expect('.', "expected .* (v%d.*.*)".formatted(major));
      cursor.expect('*', "a number cannot follow an open minor version");
      end(cursor);
      return between(text, Version.of(major, 0, 0), Version.of(major + 1, 0, 0));
    }
    long minor = cursor.number("the minor version");
    cursor.expect('.', "expected . and *");
    cursor.expect('*', "expected *");
    end(cursor);
    return between(text, Version.of(major, minor, 0), Version.of(major, minor + 1, 0));
  }

  private static Constraint between(String text, Version low, Version high) {
    return new Constraint(
        Kind.WILDCARD,
        text,
        List.of(new Bound(Operator.AT_LEAST, low), new Bound(Operator.BELOW, high)));
  }

  private static Constraint range(Cursor cursor, String text) {
    List<Bound> bounds = new ArrayList<>();
    do {
      cursor.skipSpaces();
      Operator operator = operator(cursor);
      cursor.skipSpaces();
      int start = cursor.position();
      Version version = Version.read(cursor);
      if (cursor.here() == '+') {
        throw cursor.fail("build metadata cannot stand in a registry tag");
      }
      Bound bound = new Bound(operator, version);
      refuseIfEmpty(bounds, bound, cursor, start);
      bounds.add(bound);
      cursor.skipSpaces();
    } while (cursor.take(","));
    end(cursor);
    return new Constraint(Kind.RANGE, text, bounds);
  }

  private static Operator operator(Cursor cursor) {
    // The two-character signs stand first in the enum, so they are tried first.
    for (Operator operator : Operator.values()) {
      if (cursor.take(operator.sign)) {
        return operator;
      }
    }
    throw cursor.fail("expected >=, <=, >, <, = or a version");
  }

  private static void refuseIfEmpty(List<Bound> earlier, Bound bound, Cursor cursor, int position) {
    for (Bound other : earlier) {
      if (excludes(other, bound) || excludes(bound, other)) {
        throw cursor.fail(
            position,
            "no version is both %s%s and %s%s"
                .formatted(other.operator.sign, other.version, bound.operator.sign, bound.version));
      }
    }
  }

  private static boolean excludes(Bound lower, Bound upper) {
    if (!lower.operator.isLower() || !upper.operator.isUpper()) {
      return false;
    }
    int order = lower.version.compareTo(upper.version);
    boolean open = lower.operator == Operator.ABOVE || upper.operator == Operator.BELOW;
    return order > 0 || (order == 0 && open);
  }

  public boolean matches(Version version) {
    if (kind == Kind.LATEST) {
      return !version.isPrerelease();
    }
    return bounds.stream().allMatch(bound -> bound.holds(version))
        && (!version.isPrerelease() || asksForPrereleasesOf(version));
  }

  private boolean asksForPrereleasesOf(Version version) {
    return bounds.stream()
        .map(Bound::version)
        .anyMatch(bound -> bound.isPrerelease() && bound.sameRelease(version));
  }

  /** The newest of the versions that matches. */
  public Optional<Version> newest(Collection<Version> versions) {
    return versions.stream().filter(this::matches).max(Comparator.naturalOrder());
  }

  @Override
  public String toString() {
    return text;
  }
}
