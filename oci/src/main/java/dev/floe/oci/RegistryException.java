package dev.floe.oci;

import dev.floe.manifest.Coded;
import dev.floe.manifest.ProblemCode;
import org.jspecify.annotations.Nullable;

/** What was tried with a registry, and why it did not work; never holds a secret. */
public final class RegistryException extends RuntimeException implements Coded {

  private static final long serialVersionUID = 1L;

  private final RegistryTrouble trouble;
  private final String action;
  private final String host;
  private final String detail;

  /**
   * @param action what was tried, as the rest of "tried to …"
   * @param host the registry's host and port, or the layout's folder
   * @param detail why it failed, as the rest of "but …"
   */
  public RegistryException(
      RegistryTrouble trouble,
      String action,
      String host,
      String detail,
      @Nullable Throwable cause) {
    super("tried to %s at %s but %s".formatted(action, host, detail), cause);
    this.trouble = trouble;
    this.action = action;
    this.host = host;
    this.detail = detail;
  }

  public RegistryException(RegistryTrouble trouble, String action, String host, String detail) {
    this(trouble, action, host, detail, null);
  }

  @Override
  public ProblemCode code() {
    return trouble.code();
  }

  public RegistryTrouble trouble() {
    return trouble;
  }

  public String action() {
    return action;
  }

  public String host() {
    return host;
  }

  public String detail() {
    return detail;
  }
}
