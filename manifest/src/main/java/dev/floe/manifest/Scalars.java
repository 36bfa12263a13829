package dev.floe.manifest;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What single YAML values are. */
final class Scalars {

  private Scalars() {}

  static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  static @Nullable String textOrNull(Node node) {
    return node instanceof ScalarNode scalar && !isNull(node) ? scalar.getValue() : null;
  }

  static String text(Node node) {
    return Objects.requireNonNullElse(textOrNull(node), "");
  }

  static boolean isPlain(Node node) {
    return node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN;
  }

  /** How many characters of the file stand before the value's own first one: its quote. */
  static int quoteWidth(Node node) {
    return isPlain(node) ? 0 : 1;
  }
}
