package dev.floe.cli.console;

import dev.floe.cli.document.Doc;
import java.util.ArrayList;
import java.util.List;

/** Says to people why a command ended. */
final class FailureText {

  private FailureText() {}

  static List<String> lines(Failure.Reason reason) {
    List<String> lines = new ArrayList<>();
    lines.add("error: %s [%s]".formatted(reason.message(), reason.code()));
    if (reason.blockedBy().size() > 1) {
      reason.blockedBy().forEach(blocker -> lines.add("  - " + blocker(blocker)));
    }
    if (!reason.hint().isEmpty()) {
      lines.add("hint: " + reason.hint());
    }
    return lines;
  }

  private static String blocker(Doc blocker) {
    StringBuilder line = new StringBuilder(blocker.text("message"));
    append(line, " ", blocker.text("remedy"), "");
    append(line, " (ask ", blocker.text("owner"), ")");
    append(line, " (possible from ", blocker.text("possibleFrom"), ")");
    return line.append(" [").append(blocker.text("code")).append(']').toString();
  }

  private static void append(StringBuilder line, String before, String text, String after) {
    if (!text.isEmpty()) {
      line.append(before).append(text).append(after);
    }
  }
}
