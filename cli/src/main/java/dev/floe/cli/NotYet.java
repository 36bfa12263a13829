package dev.floe.cli;

import java.util.Set;

/**
 * The commands that floe will have and no release has yet. Whoever builds one deletes its word; a
 * word that is in neither place is a mistake of whoever typed it.
 */
final class NotYet {

  private static final Set<String> COMMANDS =
      Set.of(
          "floe platform rollback",
          "floe platform diff",
          "floe platform why-not",
          "floe platform promotion",
          "floe platform recall",
          "floe platform review",
          "floe platform lock",
          "floe platform unlock",
          "floe platform hold",
          "floe platform release",
          "floe platform gc",
          "floe platform lifecycle",
          "floe platform available-updates",
          "floe platform update",
          "floe platform usage",
          "floe policy",
          "floe audit export",
          "floe audit verify",
          "floe audit show",
          "floe audit report",
          "floe who",
          "floe events",
          "floe webhook",
          "floe notify",
          "floe auth logout",
          "floe context");

  private NotYet() {}

  /**
   * Whether a command of that name is to come.
   *
   * @param command with all words before it, such as {@code floe platform gc}
   */
  static boolean contains(String command) {
    return COMMANDS.contains(command);
  }

  static Set<String> commands() {
    return COMMANDS;
  }
}
