package dev.floe.audit.view;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Where a page ended, as text that clients hand back and make nothing of. */
public final class CursorText {

  private static final String SEPARATOR = "\n";

  private CursorText() {}

  public static String of(String... parts) {
    byte[] bytes = String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The parts; empty where the text is not one of ours with so many of them. */
  public static Optional<List<String>> parts(String cursor, int count) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      List<String> parts = List.of(text.split(SEPARATOR, -1));
      return parts.size() == count ? Optional.of(parts) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
