package dev.floe.cli.picture;

import dev.floe.cli.document.Doc;
import java.util.ArrayList;
import java.util.List;

/** Tables: versions, a version's way, the trail. */
public final class ListPicture {

  private ListPicture() {}

  /** {@code floe platform list}. */
  public static List<String> versions(Doc page) {
    Grid grid = new Grid("VERSION", "ENVIRONMENTS", "CREATED", "SIZE", "LIFECYCLE", "DIGEST");
    for (Doc version : page.docs("versions")) {
      grid.add(
          version.text("version"),
          Words.orDash(String.join(", ", version.texts("environments"))),
          Words.orDash(Times.second(version, "createdAt")),
          Sizes.text(version.number("size")),
          Words.orDash(version.text("lifecycle")),
          Words.shortDigest(version.text("digest")));
    }
    return grid.lines("No versions.");
  }

  /** {@code floe platform timeline}. */
  public static List<String> timeline(Doc timeline) {
    List<String> lines = new ArrayList<>();
    String digest = timeline.text("digest");
    lines.add(
        "Timeline: %s%s"
            .formatted(timeline.text("version"), digest.isEmpty() ? "" : " (" + digest + ")"));
    lines.add("");
    Grid grid = new Grid("TIME", "ENVIRONMENT", "EVENT", "BY", "TOOK");
    for (Doc step : timeline.docs("steps")) {
      long millis = step.number("durationMs");
      grid.add(
          Times.second(step, "at"),
          Words.orDash(step.text("environment")),
          step.text("event"),
          Words.orDash(step.text("by")),
          millis == 0 ? "-" : millis + "ms");
    }
    lines.addAll(grid.lines("Nothing happened yet."));
    return lines;
  }

  /** {@code floe audit search}. */
  public static List<String> trail(List<Doc> entries) {
    Grid grid = new Grid("TIME", "EVENT", "VERSION", "FROM", "TO", "USER", "REQUEST");
    for (Doc entry : entries) {
      grid.add(
          Times.second(entry, "timestamp"),
          entry.text("event"),
          Words.orDash(entry.text("version")),
          Words.orDash(entry.text("from_env")),
          Words.orDash(entry.text("to_env")),
          Words.orDash(entry.text("user")),
          Words.orDash(entry.text("request_id")));
    }
    return grid.lines("No entries.");
  }

  /** One entry on one line, as {@code floe audit tail} prints it. */
  public static String entry(Doc entry) {
    String from = entry.text("from_env");
    String to = entry.text("to_env");
    String way = from.isEmpty() ? to : from + " → " + to;
    return String.join(
            "  ",
            Times.second(entry, "timestamp"),
            entry.text("event"),
            Words.orDash(entry.text("version")),
            Words.orDash(way),
            Words.orDash(entry.text("user")),
            entry.text("request_id"))
        .stripTrailing();
  }
}
