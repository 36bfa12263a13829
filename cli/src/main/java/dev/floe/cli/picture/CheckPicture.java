package dev.floe.cli.picture;

import dev.floe.cli.document.Doc;
import java.util.List;

/** {@code floe doctor}: a line for each check. */
public final class CheckPicture {

  private CheckPicture() {}

  public static List<String> lines(Doc report) {
    return report.docs("checks").stream()
        .map(
            check ->
                "%s %-16s %s"
                    .formatted(
                        check.flag("ok") ? "✓" : "✗", check.text("name"), check.text("detail")))
        .toList();
  }
}
