package dev.floe.manifest;

import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Refuses what is nested too deeply, a value that contains itself through an alias above all. */
final class Depth {

  private Depth() {}

  /** Counts in the stream of events, since composing what nests too deeply would overflow. */
  static boolean within(Iterable<Event> events, int limit, Problems problems) {
    int depth = 0;
    for (Event event : events) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > limit) {
        int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
        int column = event.getStartMark().map(Mark::getColumn).orElse(0) + 1;
        problems.errorAt(line, column, "nested too deeply", "at most %d levels".formatted(limit));
        return false;
      }
    }
    return true;
  }

  /** Looks through aliases, which events do not. */
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
