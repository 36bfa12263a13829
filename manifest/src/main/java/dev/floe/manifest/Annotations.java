package dev.floe.manifest;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What may be noted on an artifact: text in any language, line breaks and blanks as they were
 * written. Both ends ask here, so that nothing is sent that will be refused.
 */
public final class Annotations {

  private static final int MOST = 100;
  private static final int LONGEST_KEY = 255;

  /** A hundred of these fit into the 4 MiB that registries take for a manifest. */
  private static final int LONGEST = 32 * 1024;

  private Annotations() {}

  /**
   * The same annotations.
   *
   * @throws IllegalArgumentException when they cannot be used; the message names the one
   */
  public static Map<String, String> checked(Map<String, String> annotations) {
    if (annotations.size() > MOST) {
      throw new IllegalArgumentException(
          "there are %d annotations, and at most %d are kept".formatted(annotations.size(), MOST));
    }
    annotations.forEach(Annotations::check);
    return annotations;
  }

  private static void check(String key, String value) {
    if (key.isEmpty()
        || key.length() > LONGEST_KEY
        || !key.chars().allMatch(c -> c > ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "'%s' cannot be an annotation's key: it must be 1 to %d visible ASCII characters, such as com.acme.team"
              .formatted(
                  key.codePoints()
                      .limit(80)
                      .collect(
                          StringBuilder::new,
                          StringBuilder::appendCodePoint,
                          StringBuilder::append),
                  LONGEST_KEY));
    }
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST) {
      throw new IllegalArgumentException(
          "annotation %s has %d bytes, and at most %d are kept".formatted(key, bytes, LONGEST));
    }
    for (int at = 0; at < value.length(); at += Character.charCount(value.codePointAt(at))) {
      int c = value.codePointAt(at);
      boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
      if (control || Character.getType(c) == Character.SURROGATE) {
        throw new IllegalArgumentException(
            "annotation %s has a control character (U+%04X) at position %d"
                .formatted(key, c, at + 1));
      }
    }
  }
}
