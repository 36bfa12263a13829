package dev.floe.gate.application;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of the host no gate may touch, beside what the runner hides anyway.
 *
 * @param files that a gate may not read: whatever a manifest names by {@code file:}
 * @param commands of all gates, whose scripts a gate may not change
 */
public record Guarded(Set<Path> files, List<Command> commands) {

  /** Nothing. */
  public static final Guarded NOTHING = new Guarded(Set.of(), List.of());

  /**
   * A gate's command.
   *
   * @param workingDirectory null for a private one, which nobody else can write to
   */
  public record Command(List<String> words, @Nullable Path workingDirectory) {
    public Command {
      words = List.copyOf(words);
    }
  }

  public Guarded {
    files = Set.copyOf(files);
    commands = List.copyOf(commands);
  }
}
