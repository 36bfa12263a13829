package dev.floe.gate.adapter.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Where one attempt of a gate lives.
 *
 * @param control what the runner keeps of it, out of the gate's sight
 * @param work the directory it starts in
 * @param network whether it shares the host's network
 * @param variables the names in its environment
 */
record Cell(Path control, Path work, List<Mount> mounts, boolean network, Set<String> variables) {

  /**
   * The gate's own folder, with {@code home}, {@code tmp}, {@code work} and what it sees as /tmp.
   */
  Path own() {
    return control.resolve("own");
  }

  Path home() {
    return own().resolve("home");
  }

  Path temporary() {
    return own().resolve("tmp");
  }

  /** Where the runner learns that the isolation is complete and the command about to start. */
  Path marker() {
    return control.resolve("ready");
  }

  /** The named pipe that the gate prints into. */
  Path output() {
    return control.resolve("output");
  }

  /** Where a confined gate's few devices are gathered. */
  Path devices() {
    return control.resolve("dev");
  }

  /** What stands at the mount's target in a confined gate's view. */
  Path source(Mount mount) {
    return switch (mount.kind()) {
      case TEMPORARY -> own().resolve("shared");
      case PRIVATE -> own();
      case WORK -> work;
      case READ_ONLY -> mount.target();
      case HIDE_FILE, HIDE_FOLDER -> Path.of("/dev/null");
    };
  }

  /** Whether a confined gate sees that file of the host. */
  boolean sees(Path file) {
    return Mount.isVisible(file, mounts);
  }
}
