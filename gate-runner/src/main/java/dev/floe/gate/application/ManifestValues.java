package dev.floe.gate.application;

import dev.floe.manifest.Gate;
import dev.floe.manifest.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Looks up what a manifest does not hold itself, in this process's variables and files. */
final class ManifestValues {

  /** More than any secret or key is long; a wrong path may lead to anything. */
  private static final int LONGEST = 1024 * 1024;

  private final UnaryOperator<@Nullable String> variables;

  ManifestValues(UnaryOperator<@Nullable String> variables) {
    this.variables = variables;
  }

  /** A value that the gate needs is not here; the message never has a value. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    Missing(String message) {
      super(message);
    }
  }

  /**
   * The value.
   *
   * @param what what it is to the gate
   */
  String of(Gate gate, String what, Secret source) throws Missing {
    return switch (source) {
      case Secret.Inline(String value) -> value;
      case Secret.FromEnv(String variable) -> {
        String value = variables.apply(variable);
        if (value == null) {
          throw new Missing(
              "%s of gate '%s' comes from environment variable %s, which is not set."
                  .formatted(what, gate.name(), variable));
        }
        yield value;
      }
      case Secret.FromFile(String path) -> read(gate, what, Path.of(path));
      case Secret.DockerConfig _, Secret.Fingerprint _ ->
          throw new Missing("%s of gate '%s' has no value here.".formatted(what, gate.name()));
    };
  }

  private static String read(Gate gate, String what, Path file) throws Missing {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new Missing(
            "%s of gate '%s' comes from file %s, which is larger than 1 MiB."
                .formatted(what, gate.name(), file));
      }
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      throw new Missing(
          "%s of gate '%s' comes from file %s, which cannot be read (%s)."
              .formatted(what, gate.name(), file, unreadable.getClass().getSimpleName()));
    }
  }
}
