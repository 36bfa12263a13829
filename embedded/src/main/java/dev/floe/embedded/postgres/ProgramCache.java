package dev.floe.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where unpacked programs are kept for every data folder of this user. */
final class ProgramCache {
  private ProgramCache() {}

  /** The user's cache folder, or below the data when there is none to write to. */
  static Path folder(Path data) {
    Path cache = usual().toAbsolutePath();
    try {
      Files.createDirectories(cache);
      return Files.isWritable(cache) ? cache : data.resolve("programs");
    } catch (IOException _) {
      return data.resolve("programs");
    }
  }

  private static Path usual() {
    String user = System.getProperty("user.name", "");
    // Root's own cache is closed to the account that PostgreSQL then runs as.
    return user.equals("root")
        ? Path.of("/var/cache/floe")
        : Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(value -> !value.isBlank())
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".cache"))
            .resolve("floe");
  }
}
