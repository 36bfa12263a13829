package dev.floe.gate.adapter.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the tools for containers keep the passwords of registries. */
final class CredentialFiles {

  private CredentialFiles() {}

  /**
   * Every place where docker or podman would look in this environment, whether it is there or not.
   */
  static List<Path> in(Map<String, String> environment) {
    List<Path> files = new ArrayList<>();
    add(files, environment.get("DOCKER_CONFIG"), "config.json");
    add(files, environment.get("REGISTRY_AUTH_FILE"), "");
    add(files, environment.get("XDG_RUNTIME_DIR"), "containers/auth.json");
    add(files, environment.get("XDG_CONFIG_HOME"), "containers/auth.json");
    for (String home : new String[] {environment.get("HOME"), System.getProperty("user.home")}) {
      add(files, home, ".docker/config.json");
      add(files, home, ".dockercfg");
      add(files, home, ".config/containers/auth.json");
    }
    folders("/run/containers").forEach(user -> files.add(user.resolve("auth.json")));
    folders("/run/user").forEach(user -> files.add(user.resolve("containers/auth.json")));
    return files;
  }

  private static void add(List<Path> files, @Nullable String folder, String file) {
    if (folder != null && !folder.isBlank()) {
      files.add(Path.of(folder).toAbsolutePath().resolve(file));
    }
  }

  private static List<Path> folders(String parent) {
    try (Stream<Path> users = Files.list(Path.of(parent))) {
      return users.toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
