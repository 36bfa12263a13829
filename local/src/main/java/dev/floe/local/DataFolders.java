package dev.floe.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which data folder is meant: the option's, FLOE_DATA's, or the one in the home folder. */
final class DataFolders {

  private DataFolders() {}

  static Path of(@Nullable Path option) {
    String variable = System.getenv("FLOE_DATA");
    if (option != null) {
      return option.toAbsolutePath().normalize();
    }
    return variable != null && !variable.isBlank()
        ? Path.of(variable).toAbsolutePath().normalize()
        : Path.of(System.getProperty("user.home"), ".local", "share", "floe");
  }
}
