package dev.floe.local;

import dev.floe.embedded.folder.CannotStartException;
import dev.floe.embedded.folder.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code floe.json}: where a running system is to be found. */
final class FloeJson {

  static final String FILE = "floe.json";

  private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":\\s*\"?([^\",\\s]*)\"?");

  private FloeJson() {}

  /** Writes it whole or not at all; numbers stay numbers, and texts need no escaping. */
  static void write(Path data, Map<String, Object> members) {
    String json =
        new TreeMap<>(members)
            .entrySet().stream()
                .map(one -> "  \"%s\": %s".formatted(one.getKey(), json(one.getValue())))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    try {
      Path fresh = data.resolve(FILE + ".new");
      PrivateFiles.create(fresh);
      Files.writeString(fresh, json, StandardCharsets.UTF_8);
      var _ =
          Files.move(
              fresh,
              data.resolve(FILE),
              StandardCopyOption.REPLACE_EXISTING,
              StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new CannotStartException(
          "%s cannot be written (%s); check who owns the folder"
              .formatted(data.resolve(FILE), failed),
          failed);
    }
  }

  private static String json(Object value) {
    return value instanceof Number ? value.toString() : "\"%s\"".formatted(value);
  }

  /** One member of the file; empty where there is no such file or member. */
  static Optional<String> read(Path data, String member) {
    try {
      Matcher members = MEMBER.matcher(Files.readString(data.resolve(FILE)));
      return members
          .results()
          .filter(found -> found.group(1).equals(member))
          .map(found -> found.group(2))
          .findFirst();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  static void delete(Path data) {
    try {
      Files.deleteIfExists(data.resolve(FILE));
    } catch (IOException _) {
      // A stale file is harmless: its pid is dead, and whoever reads it looks.
    }
  }

  static String version() {
    String version = FloeJson.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
