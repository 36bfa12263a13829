package dev.floe.local;

import dev.floe.cli.document.Doc;
import dev.floe.cli.session.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is told of a system that has started, and what to do with it next. */
final class Running {

  private Running() {}

  static Doc document(Path folder) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (String member : List.of("url", "kafka", "schemaRegistry", "registry", "version")) {
      members.put(member, FloeJson.read(folder, member).orElse(""));
    }
    members.put("pid", FloeJson.read(folder, "pid").map(Long::valueOf).orElse(0L));
    members.put("data", folder.toString());
    return new Doc(members);
  }

  static List<String> lines(Doc running, Session session) {
    Path folder = Path.of(running.text("data"));
    List<String> lines = new ArrayList<>();
    lines.add("Ready: " + running.text("url"));
    lines.add(
        "Anyone who can read %s can act as anyone: this proves the flow, not the people."
            .formatted(folder.resolve(LocalIdentity.KEY_FILE)));
    lines.add("");
    lines.add("Next, in a shell:");
    if (!session.options().data.isEmpty()) {
      lines.add("  export FLOE_DATA=" + ShellWord.of(folder));
    }
    lines.add("  floe platform publish v1.0.0 --from DIR     a version of your files");
    lines.add("  floe platform promote v1.0.0 staging        one environment further");
    lines.add("  floe open                                   the web page");
    return lines;
  }
}
