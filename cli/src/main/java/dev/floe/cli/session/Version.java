package dev.floe.cli.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The version of this command, as the build wrote it. */
public final class Version {

  private Version() {}

  public static String text() {
    try (@Nullable InputStream in =
        Version.class.getResourceAsStream("/dev/floe/cli/version.txt")) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException failed) {
      throw new UncheckedIOException("reading the version from the jar", failed);
    }
  }
}
