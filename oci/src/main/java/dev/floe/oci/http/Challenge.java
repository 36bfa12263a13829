package dev.floe.oci.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One way to sign in that a server offers in {@code WWW-Authenticate} (RFC 9110, section 11).
 *
 * @param scheme in lower case
 * @param parameters by their name in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

  Challenge {
    parameters = Map.copyOf(parameters);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** All challenges of a header's lines; what cannot be read ends the line it stands in. */
  static List<Challenge> read(List<String> lines) {
    List<Challenge> challenges = new ArrayList<>();
    for (String line : lines) {
      new Reader(line).readInto(challenges);
    }
    return challenges;
  }

  /** Reads one line; a comma may end a parameter or a challenge, only what follows tells. */
  private static final class Reader {

    private final String line;
    private int at;

    Reader(String line) {
      this.line = line;
    }

    void readInto(List<Challenge> challenges) {
      skip(" \t,");
      while (at < line.length()) {
        String scheme = token().toLowerCase(Locale.ROOT);
        if (scheme.isEmpty()) {
          return;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        boolean whole = readParameters(parameters);
        challenges.add(new Challenge(scheme, parameters));
        if (!whole) {
          return;
        }
        skip(" \t,");
      }
    }

    private boolean readParameters(Map<String, String> parameters) {
      skip(" \t");
      boolean first = true;
      while (at < line.length()) {
        int before = at;
        String name = token().toLowerCase(Locale.ROOT);
        skip(" \t");
        if (name.isEmpty() || at >= line.length() || line.charAt(at) != '=') {
          at = before;
          return skipToken68(first);
        }
        at++;
        if (at < line.length() && line.charAt(at) == '=') {
          at = before;
          return skipToken68(true);
        }
        first = false;
        skip(" \t");
        Optional<String> value = value();
        if (value.isEmpty()) {
          return false;
        }
        parameters.putIfAbsent(name, value.get());
        skip(" \t");
        if (at < line.length() && line.charAt(at) != ',') {
          return false;
        }
        skip(" \t,");
      }
      return true;
    }

    /** Leaves the next scheme in place, and passes over the credentials-like {@code abc==}. */
    private boolean skipToken68(boolean expected) {
      int end = at;
      while (end < line.length() && line.charAt(end) != ',' && line.charAt(end) != ' ') {
        end++;
      }
      boolean nextIsScheme = end < line.length() && line.charAt(end) == ' ';
      if (!nextIsScheme && expected) {
        at = end;
      }
      return true;
    }

    private Optional<String> value() {
      if (at < line.length() && line.charAt(at) == '"') {
        return quoted();
      }
      String token = token();
      return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    private Optional<String> quoted() {
      StringBuilder text = new StringBuilder();
      at++;
      while (at < line.length()) {
        char c = line.charAt(at++);
        if (c == '"') {
          return Optional.of(text.toString());
        }
        if (c == '\\' && at < line.length()) {
          c = line.charAt(at++);
        }
        text.append(c);
      }
      return Optional.empty();
    }

    /** Some servers leave out the quotes around URLs and scopes, so more counts as a token here. */
    private String token() {
      int from = at;
      while (at < line.length() && " \t,=\"".indexOf(line.charAt(at)) < 0) {
        at++;
      }
      return line.substring(from, at);
    }

    private void skip(String characters) {
      while (at < line.length() && characters.indexOf(line.charAt(at)) >= 0) {
        at++;
      }
    }
  }
}
