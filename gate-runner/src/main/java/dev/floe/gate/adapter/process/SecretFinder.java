package dev.floe.gate.adapter.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where a text shows secrets: the given ones, and what looks like one. */
final class SecretFinder {

  /**
   * A stretch of text; {@code end} is the first character behind it, and {@code context} where that
   * begins by which it was recognised, such as the name in front of a password.
   */
  record Range(int context, int start, int end) {}

  /** The longest stretch that has to be in view at once to be recognised. */
  static final int LONGEST_KEY = 16 * 1024;

  private static final int SHORTEST_SECRET = 4;
  private static final Set<String> NO_SECRETS = Set.of("true", "false", "none", "null");
  private static final String KEY_BEGIN = "-----BEGIN ";
  private static final String KEY_MARK = "PRIVATE KEY-----";
  private static final int LONGEST_KEY_KIND = 40;

  private static final Pattern PASSWORD_IN_URL =
      Pattern.compile("://[^/\\s:@]{0,256}:([^/\\s@]++)@");

  private static final Pattern BEARER =
      Pattern.compile("bearer[ \\t]{1,4}([a-z0-9._~+/=-]{8,})", Pattern.CASE_INSENSITIVE);

  private static final List<Pattern> TOKENS =
      List.of(
          Pattern.compile("\\b((?:AKIA|ASIA)[0-9A-Z]{16})\\b"),
          Pattern.compile("\\b((?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-)[A-Za-z0-9_-]{10,})"),
          Pattern.compile("\\b(eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*)"));

  private static final List<String> TOKEN_STARTS =
      List.of(
          "AKIA",
          "ASIA",
          "gho_",
          "ghp_",
          "ghu_",
          "ghs_",
          "ghr_",
          "github_pat_",
          "glpat-",
          "xox",
          "eyJ");

  private final List<String> literals;

  /**
   * @param secrets texts to hide wherever they occur; those with several lines also line by line,
   *     and none so short or so common that hiding it would only spoil the text
   */
  SecretFinder(Collection<String> secrets) {
    Set<String> texts =
        new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(s -> s));
    for (String secret : secrets) {
      StringBuilder clean = new StringBuilder();
      new PlainText().clean(secret, clean);
      clean
          .toString()
          .lines()
          .map(String::strip)
          .filter(SecretFinder::worthHiding)
          .forEach(texts::add);
    }
    literals = List.copyOf(texts);
  }

  private static boolean worthHiding(String text) {
    return text.length() >= SHORTEST_SECRET && !NO_SECRETS.contains(text.toLowerCase(Locale.ROOT));
  }

  int longestLiteral() {
    return literals.isEmpty() ? 0 : literals.getFirst().length();
  }

  /** The stretches to hide, in order, none touching another. */
  List<Range> find(String text) {
    List<Range> found = new ArrayList<>();
    for (String literal : literals) {
      for (int at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + 1)) {
        found.add(new Range(at, at, at + literal.length()));
      }
    }
    findKeys(text, found);
    // Looking for the few characters that each pattern needs is far cheaper than the pattern.
    Assignments.find(text, found);
    if (text.contains("://")) {
      match(PASSWORD_IN_URL, text, found);
    }
    if (text.contains("earer") || text.contains("EARER")) {
      match(BEARER, text, found);
    }
    if (TOKEN_STARTS.stream().anyMatch(text::contains)) {
      TOKENS.forEach(pattern -> match(pattern, text, found));
    }
    return merged(found);
  }

  private static void match(Pattern pattern, String text, List<Range> found) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(new Range(matcher.start(), matcher.start(1), matcher.end(1)));
    }
  }

  /** From BEGIN to END; a key that has no END is hidden for as long as keys can be. */
  private static void findKeys(String text, List<Range> found) {
    int begin = text.indexOf(KEY_BEGIN);
    while (begin >= 0) {
      int body = text.indexOf(KEY_MARK, begin);
      int next = begin + KEY_BEGIN.length();
      if (body >= 0 && body - next <= LONGEST_KEY_KIND) {
        int limit = Math.min(text.length(), begin + LONGEST_KEY);
        int mark = text.indexOf(KEY_MARK, body + KEY_MARK.length());
        next = mark >= 0 && mark < limit ? mark + KEY_MARK.length() : limit;
        found.add(new Range(begin, begin, next));
      }
      begin = text.indexOf(KEY_BEGIN, next);
    }
  }

  private static List<Range> merged(List<Range> found) {
    found.sort(Comparator.comparingInt(Range::start));
    List<Range> merged = new ArrayList<>();
    for (Range range : found) {
      if (!merged.isEmpty() && merged.getLast().end() >= range.start()) {
        Range last = merged.removeLast();
        merged.add(
            new Range(
                Math.min(last.context(), range.context()),
                last.start(),
                Math.max(last.end(), range.end())));
      } else {
        merged.add(range);
      }
    }
    return merged;
  }
}
