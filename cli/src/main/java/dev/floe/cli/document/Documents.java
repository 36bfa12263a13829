package dev.floe.cli.document;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Reads and writes documents: JSON, JSON on one line, YAML. */
public final class Documents {

  private static final JSON LINE =
      JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES, JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final JSON PRETTY = LINE.with(JSON.Feature.PRETTY_PRINT_OUTPUT);

  private Documents() {}

  /**
   * Reads a JSON object.
   *
   * @throws IOException if it is none
   */
  public static Doc parse(String json) throws IOException {
    if (LINE.anyFrom(json) instanceof Map<?, ?> map) {
      return Doc.of(map);
    }
    throw new IOException("no JSON object: " + json.substring(0, Math.min(80, json.length())));
  }

  /** Reads a YAML mapping that is known to be one. */
  public static Doc parseYaml(String yaml) {
    return Doc.of(new Load(LoadSettings.builder().build()).loadFromString(yaml));
  }

  /** JSON for people and programs. */
  public static String json(Doc doc) {
    return write(PRETTY, doc);
  }

  /** JSON on one line, as a stream of documents needs it. */
  public static String jsonLine(Doc doc) {
    return write(LINE, doc);
  }

  /** YAML that readers of 1.1 and 1.2 take for the same, without a line break at its end. */
  public static String yaml(Doc doc) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSplitLines(false)
            .setSchema(new AnyYaml())
            .build();
    return new Dump(settings).dumpToString(doc.members()).stripTrailing();
  }

  private static String write(JSON writer, Doc doc) {
    try {
      return writer.asString(doc.members());
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing JSON into memory", impossible);
    }
  }
}
