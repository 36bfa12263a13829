package dev.floe.manifest;

import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Refuses what is nested too deeply, a value that contains itself through an alias above all. */
final class Depth {

  private Depth() {}

  static boolean within(Node node, int left, Problems problems) {
    if (left == 0) {
      problems.error(node, "nested too deeply", "an alias may not contain itself");
      return false;
    }
    return children(node).stream().allMatch(child -> within(child, left - 1, problems));
  }

  private static List<Node> children(Node node) {
    return switch (node) {
      case SequenceNode sequence -> sequence.getValue();
      case MappingNode mapping ->
          mapping.getValue().stream()
              .flatMap(tuple -> Stream.of(tuple.getKeyNode(), tuple.getValueNode()))
              .toList();
      default -> List.of();
    };
  }
}
