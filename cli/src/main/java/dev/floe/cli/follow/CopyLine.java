package dev.floe.cli.follow;

import dev.floe.cli.client.Api;
import dev.floe.cli.console.Console;
import dev.floe.cli.console.TransferLine;
import dev.floe.cli.document.Doc;
import dev.floe.cli.picture.CoursePicture;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people see of the bytes while a promotion is being copied. */
final class CopyLine implements AutoCloseable {

  private final Console console;
  private final CopyFeed feed;
  private Doc promotion = Doc.EMPTY;
  private @Nullable TransferLine line;

  CopyLine(Console console, Api api, String id) {
    this.console = console;
    this.feed = new CopyFeed(api, id);
  }

  /** Takes notice of where the promotion is. */
  void follow(Doc latest) {
    promotion = latest;
    if (console.tellsPeople() && latest.text("state").equals("executing")) {
      feed.open();
      line = line == null ? new TransferLine(console, title(latest)) : line;
    } else {
      feed.close();
      line = null;
    }
  }

  /** How long may be waited before there is something to show; {@code longest} at most. */
  Duration untilNext(Duration longest) {
    return line == null || longest.compareTo(CopyFeed.EVERY) < 0 ? longest : CopyFeed.EVERY;
  }

  void show() {
    if (line == null) {
      return;
    }
    List<Doc> registries = feed.latest().docs("registries");
    if (registries.stream().anyMatch(registry -> !registry.flag("finished"))) {
      line.at(sum(registries, "bytes"), total(registries));
    } else {
      console.activity(CoursePicture.activity(promotion));
    }
  }

  private static String title(Doc promotion) {
    return "Promoting to " + promotion.text("to");
  }

  private static long sum(List<Doc> registries, String name) {
    return registries.stream().mapToLong(registry -> registry.number(name)).sum();
  }

  /** Of all of them; 0 as long as one does not know yet what it is to get. */
  private static long total(List<Doc> registries) {
    boolean known =
        registries.stream().allMatch(each -> each.flag("finished") || each.number("total") > 0);
    return known ? sum(registries, "total") : 0;
  }

  @Override
  public void close() {
    feed.close();
  }
}
