package dev.floe.manifest;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Turns the text of a manifest into a {@link Manifest}, or says line by line why it cannot. */
public final class ManifestParser {

  private static final int MAX_CHARACTERS = 1_000_000;

  /** The YAML scanner needs time in the square of a line's length; lines of 50,000 are harmless. */
  private static final int MAX_LINE = 50_000;

  private static final int MAX_DEPTH = 40;

  private ManifestParser() {}

  /** Reads a manifest as a person wrote it; {@code file} is only what problems call it. */
  public static Parsed parse(String yaml, String file) {
    Problems problems = new Problems(file);
    return isTooLong(yaml, problems)
        ? new Parsed(null, problems.inOrder())
        : parse(yaml, new Reading(problems, false));
  }

  /** Reads a manifest as the log holds it. JSON is YAML, so one reader does for both. */
  static Parsed parseRecorded(String json) {
    return parse(json, new Reading(new Problems("recorded manifest"), true));
  }

  private static boolean isTooLong(String yaml, Problems problems) {
    if (yaml.length() > MAX_CHARACTERS) {
      String limit = "at most %d characters".formatted(MAX_CHARACTERS);
      problems.errorAt(1, 1, "the manifest is too long", limit);
      return true;
    }
    int number = 0;
    for (String line : yaml.lines().toList()) {
      number++;
      if (line.length() > MAX_LINE) {
        String limit = "at most %d characters; break it".formatted(MAX_LINE);
        problems.errorAt(number, MAX_LINE + 1, "the line is too long", limit);
        return true;
      }
    }
    return false;
  }

  private static Parsed parse(String text, Reading reading) {
    Node root = compose(text, reading.problems());
    if (root == null) {
      return new Parsed(null, reading.problems().inOrder());
    }
    Manifest manifest = ManifestReader.read(reading, root);
    Problems problems = reading.problems();
    return new Parsed(problems.hasErrors() ? null : manifest, problems.inOrder());
  }

  private static @Nullable Node compose(String text, Problems problems) {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setCodePointLimit(Integer.MAX_VALUE)
            .setAllowNonScalarKeys(true)
            .build();
    try {
      if (!Depth.within(new Parse(settings).parseString(text), MAX_DEPTH, problems)) {
        return null;
      }
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty() || Scalars.isNull(root.get())) {
        problems.errorAt(1, 1, "the manifest is empty", "start from: floe config sample");
        return null;
      }
      return Depth.within(root.get(), MAX_DEPTH, problems) ? root.get() : null;
    } catch (MarkedYamlEngineException e) {
      Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
      int line = mark == null ? 1 : mark.getLine() + 1;
      int column = mark == null ? 1 : mark.getColumn() + 1;
      String context = e.getContext() == null ? "" : e.getContext() + ": ";
      problems.errorAt(line, column, "not YAML: " + context + e.getProblem(), "");
      return null;
    } catch (YamlEngineException e) {
      problems.errorAt(1, 1, "not YAML: " + e.getMessage(), "");
      return null;
    }
  }
}
