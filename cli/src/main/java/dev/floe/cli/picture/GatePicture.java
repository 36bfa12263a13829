package dev.floe.cli.picture;

import dev.floe.cli.document.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A gate's end: a sign, its name, its time, and where it did not pass why and what may help. */
final class GatePicture {

  private static final int OUTPUT_LINES = 10;
  private static final Map<String, String> NAMES =
      Map.of("policy_compliance", "Policy compliance check");

  private GatePicture() {}

  static boolean hasEnded(Doc gate) {
    return switch (gate.text("outcome")) {
      case "passed", "failed", "errored", "skipped", "overridden", "simulated" -> true;
      default -> false;
    };
  }

  static boolean stands(Doc gate) {
    String outcome = gate.text("outcome");
    return outcome.equals("failed") || outcome.equals("errored");
  }

  static List<String> lines(Doc gate) {
    String name = name(gate);
    return switch (gate.text("outcome")) {
      case "passed" -> List.of("  ✓ %s (%s)".formatted(name, duration(gate)));
      case "simulated" -> List.of("  ✓ %s (simulated)".formatted(name));
      case "skipped" ->
          List.of(
              "  ⏭ %s (%s)"
                  .formatted(name, gate.text("message", "skipped due to previous failure")));
      case "overridden" -> failed(gate, "  ⚠ %s (%s, overridden)", name, reason(gate, "failed"));
      case "errored" -> failed(gate, "  ✗ %s (errored: %s)", name, reason(gate, "no verdict"));
      default -> failed(gate, "  ✗ %s (%s)", name, reason(gate, duration(gate)));
    };
  }

  private static List<String> failed(Doc gate, String form, String name, String reason) {
    List<String> lines = new ArrayList<>();
    lines.add(form.formatted(name, reason));
    add(lines, "Failure", gate.text("message", reason).lines());
    add(lines, "Output", tail(gate.text("output")));
    add(lines, "Resolution", gate.text("hint").lines());
    return lines;
  }

  private static void add(List<String> lines, String title, Stream<String> text) {
    String head = "    %s: ".formatted(title);
    String indent = " ".repeat(head.length());
    List<String> all = text.filter(line -> !line.isBlank()).toList();
    for (int i = 0; i < all.size(); i++) {
      lines.add((i == 0 ? head : indent) + all.get(i));
    }
  }

  private static Stream<String> tail(String output) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    return lines.stream().skip(Math.max(0, lines.size() - OUTPUT_LINES));
  }

  private static String reason(Doc gate, String otherwise) {
    String exitCode = gate.has("exitCode") ? "exit code " + gate.number("exitCode") : otherwise;
    return gate.text("reason", exitCode);
  }

  /** {@code integration_tests} is Integration tests. */
  static String name(Doc gate) {
    String name = gate.text("name");
    String known = NAMES.get(name);
    if (known != null || name.isEmpty()) {
      return known == null ? name : known;
    }
    String words = name.replace('_', ' ').replace('-', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String duration(Doc gate) {
    long millis = gate.number("durationMs");
    if (millis < 1000) {
      return millis + "ms";
    }
    long seconds = Math.round(millis / 1000.0);
    return seconds < 600 ? seconds + "s" : "%dm %ds".formatted(seconds / 60, seconds % 60);
  }
}
