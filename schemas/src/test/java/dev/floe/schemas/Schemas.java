package dev.floe.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/** Schema files, read the way the build reads them. */
final class Schemas {

  private static final Path MODULE = moduleFolder();

  private Schemas() {}

  /** Every record and enum of this version. */
  static List<Schema> current() {
    return in(MODULE.resolve("src/main/avro"));
  }

  /** The folders of the releases, one each. */
  static List<Path> releases() {
    try (Stream<Path> folders = Files.list(MODULE.resolve("src/test/resources/released"))) {
      return folders.filter(Files::isDirectory).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Every record and enum of one folder, whatever order its files refer to each other in. */
  static List<Schema> in(Path folder) {
    var parser = new SchemaParser();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".avsc")).sorted().toList()) {
        parser.parse(file);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return parser.getParsedNamedSchemas();
  }

  /** A page of the project's documentation. */
  static List<String> page(String name) {
    try {
      return Files.readAllLines(MODULE.resolveSibling("docs").resolve(name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Path moduleFolder() {
    var here = Path.of("").toAbsolutePath();
    return here.endsWith("schemas") ? here : here.resolve("schemas");
  }
}
