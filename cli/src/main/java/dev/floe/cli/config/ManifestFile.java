package dev.floe.cli.config;

import dev.floe.cli.console.CliIo;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.manifest.ManifestParser;
import dev.floe.manifest.Parsed;
import dev.floe.manifest.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A manifest in a file, or on standard input where the file is called {@code -}. */
record ManifestFile(String name, String text) {

  static ManifestFile read(String name, CliIo io) {
    try {
      return name.equals("-")
          ? new ManifestFile("stdin", new String(io.in().readAllBytes(), StandardCharsets.UTF_8))
          : new ManifestFile(name, Files.readString(io.directory().resolve(name)));
    } catch (NoSuchFileException _) {
      throw Failure.usage(
          "there is no file " + name, "Start one with floe config sample > manifest.yaml.");
    } catch (CharacterCodingException _) {
      throw Failure.usage(name + " is not UTF-8", "Save it as UTF-8.");
    } catch (IOException failed) {
      throw Failure.usage("cannot read %s: %s".formatted(name, failed.getMessage()), "");
    }
  }

  Parsed parsed() {
    return ManifestParser.parse(text, name);
  }

  /** The problems as {@code {"problems":[…]}}. */
  static Doc document(List<Problem> problems) {
    return new Doc(Map.of("problems", problems.stream().map(ManifestFile::members).toList()));
  }

  private static Map<String, @Nullable Object> members(Problem problem) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("file", problem.file());
    members.put("line", problem.line());
    members.put("column", problem.column());
    members.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
    members.put("message", problem.message());
    members.put("hint", problem.hint());
    members.put("code", problem.code());
    return members;
  }

  /** A problem that came as a document, as compilers print it. */
  String line(Doc problem) {
    String hint = problem.text("hint");
    return "%s:%s:%s: %s: %s%s"
        .formatted(
            name,
            problem.text("line"),
            problem.text("column"),
            problem.text("severity").toLowerCase(Locale.ROOT),
            problem.text("message"),
            hint.isEmpty() ? "" : " (" + hint + ")");
  }
}
