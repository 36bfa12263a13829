package dev.floe.cli.picture;

import java.util.Locale;

/** Numbers of bytes as people read them. */
public final class Sizes {

  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};
  private static final double STEP = 1024;

  private Sizes() {}

  /** {@code 8.6 KB}. */
  public static String text(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= STEP && unit < UNITS.length - 1) {
      size /= STEP;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
  }
}
