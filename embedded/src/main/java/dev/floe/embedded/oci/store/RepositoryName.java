package dev.floe.embedded.oci.store;

import java.util.Optional;
import java.util.regex.Pattern;

/** A repository's name that distribution-spec allows; safe to use as a relative path. */
public record RepositoryName(String value) implements Comparable<RepositoryName> {

  private static final int LONGEST = 255;
  private static final String SEGMENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern GRAMMAR = Pattern.compile(SEGMENT + "(?:/" + SEGMENT + ")*");

  public RepositoryName {
    if (!allowed(value)) {
      throw new IllegalArgumentException("not a repository name: " + value);
    }
  }

  public static Optional<RepositoryName> parse(String text) {
    return allowed(text) ? Optional.of(new RepositoryName(text)) : Optional.empty();
  }

  private static boolean allowed(String text) {
    // The length first: the grammar is matched only against what is short.
    return text.length() <= LONGEST && GRAMMAR.matcher(text).matches();
  }

  @Override
  public int compareTo(RepositoryName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
