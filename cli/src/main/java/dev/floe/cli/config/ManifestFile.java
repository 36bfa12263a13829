package dev.floe.cli.config;

import dev.floe.cli.client.Trouble;
import dev.floe.cli.console.CliIo;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.manifest.ManifestParser;
import dev.floe.manifest.Parsed;
import dev.floe.manifest.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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

  /** No manifest is as long; what is longer is another file, or a device that never ends. */
  private static final int LONGEST = 4 << 20;

  static ManifestFile read(String name, CliIo io) {
    if (name.equals("-")) {
      return read("stdin", io.in());
    }
    try (InputStream in = Files.newInputStream(io.path(name))) {
      return read(name, in);
    } catch (NoSuchFileException _) {
      throw Failure.usage(
          "there is no file " + name, "Start one with floe config sample > manifest.yaml.");
    } catch (IOException failed) {
      throw unreadable(name, failed);
    }
  }

  private static ManifestFile read(String name, InputStream in) {
    try {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw Failure.usage(
            "%s is longer than %d bytes".formatted(name, LONGEST), "Name a manifest.");
      }
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return new ManifestFile(name, text.toString());
    } catch (CharacterCodingException _) {
      throw Failure.usage(name + " is not UTF-8", "Save it as UTF-8.");
    } catch (IOException failed) {
      throw unreadable(name, failed);
    }
  }

  private static Failure unreadable(String name, IOException failed) {
    return Failure.usage(
        "cannot read %s: %s".formatted(name, Trouble.with(failed)),
        "Name a file that you may read.");
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
