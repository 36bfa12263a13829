package dev.floe.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version as people write it: {@code v1.2.3}, or {@code v1.2.3-dev} with an environment's name.
 *
 * @param environment the environment that the suffix named, null without one
 */
public record VersionRef(Version version, @Nullable String environment) {

  /**
   * Strips a suffix only if it names one of the environments, the longest that fits.
   *
   * @throws InvalidWord if the rest is no version, or itself ends in an environment's name
   */
  public static VersionRef parse(String text, Collection<String> environments) {
    Optional<String> suffix = suffix(text, environments);
    if (suffix.isEmpty()) {
      return new VersionRef(Version.parse(text), null);
    }
    String rest = text.substring(0, text.length() - suffix.get().length() - 1);
    Optional<String> second = suffix(rest, environments);
    if (second.isPresent()) {
      throw new InvalidWord(
          "version",
          text,
          rest.length() - second.get().length() + 1,
          "\"%s\" would itself end in the environment \"%s\"".formatted(rest, second.get()),
          "v1.2.3-" + suffix.get());
    }
    return new VersionRef(Version.parse(rest), suffix.get());
  }

  private static Optional<String> suffix(String text, Collection<String> environments) {
    return environments.stream()
        .filter(name -> text.endsWith("-" + name))
        .max(Comparator.comparingInt(String::length));
  }

  @Override
  public String toString() {
    return environment == null ? version.toString() : version + "-" + environment;
  }
}
