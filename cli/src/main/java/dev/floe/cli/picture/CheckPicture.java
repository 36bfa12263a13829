package dev.floe.cli.picture;

import dev.floe.cli.document.Doc;
import java.util.List;
import java.util.stream.Stream;

/** {@code floe doctor}: a line for each check, and one more for what to do. */
public final class CheckPicture {

  private CheckPicture() {}

  public static List<String> lines(Doc report) {
    return report.docs("checks").stream().flatMap(CheckPicture::line).toList();
  }

  private static Stream<String> line(Doc check) {
    String where = check.text("where");
    String line =
        "%s %-16s %s"
            .formatted(
                check.flag("ok") ? "✓" : "✗",
                check.text("name"),
                where.isEmpty() ? check.text("detail") : where + ": " + check.text("detail"));
    String fix = check.text("fix");
    return fix.isEmpty() ? Stream.of(line) : Stream.of(line, " ".repeat(19) + "→ " + fix);
  }
}
