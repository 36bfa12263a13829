package dev.floe.local;

import org.jspecify.annotations.Nullable;

/** Who is at the keyboard: the option's, FLOE_USER's, or the operating system's user. */
final class Users {

  private Users() {}

  static String of(@Nullable String option) {
    String variable = System.getenv("FLOE_USER");
    if (option != null) {
      return option;
    }
    return variable != null && !variable.isBlank()
        ? variable
        : System.getProperty("user.name") + "@localhost";
  }
}
