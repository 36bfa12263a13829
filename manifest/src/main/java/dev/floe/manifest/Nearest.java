package dev.floe.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class Nearest {

  /** Longer words are nobody's typing error, and comparing them takes time. */
  private static final int LONGEST = 100;

  private Nearest() {}

  /** The known word with the fewest typing errors between it and the given one, if any is near. */
  public static Optional<String> to(String word, Collection<String> known) {
    return word.length() > LONGEST ? Optional.empty() : nearest(word, known);
  }

  private static Optional<String> nearest(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= Math.max(2, candidate.length() / 3))
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** Levenshtein's distance, case aside. */
  private static int distance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] current = new int[right.length() + 1];
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        char a = Character.toLowerCase(left.charAt(i - 1));
        char b = Character.toLowerCase(right.charAt(j - 1));
        int replaced = previous[j - 1] + (a == b ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
