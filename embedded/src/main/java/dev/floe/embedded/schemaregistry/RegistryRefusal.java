package dev.floe.embedded.schemaregistry;

/** What the registry answers instead: an HTTP status and Confluent's error code. */
public final class RegistryRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final int code;

  private RegistryRefusal(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static RegistryRefusal noSuchSubject(String subject) {
    return new RegistryRefusal(404, 40401, "Subject '" + subject + "' not found.");
  }

  static RegistryRefusal noSuchVersion(String version) {
    return new RegistryRefusal(404, 40402, "Version " + version + " not found.");
  }

  static RegistryRefusal noSuchSchema(String which) {
    return new RegistryRefusal(404, 40403, "Schema" + which + " not found");
  }

  static RegistryRefusal noLevelOf(String subject) {
    return new RegistryRefusal(
        404,
        40408,
        "Subject '" + subject + "' does not have subject-level compatibility configured");
  }

  static RegistryRefusal incompatible(String subject, String why) {
    return new RegistryRefusal(
        409,
        409,
        "Schema being registered is incompatible with an earlier schema for subject \""
            + subject
            + "\", details: "
            + why);
  }

  static RegistryRefusal invalidSchema(String why) {
    return new RegistryRefusal(422, 42201, "Invalid schema: " + why);
  }

  static RegistryRefusal invalidVersion(String version) {
    return new RegistryRefusal(
        422,
        42202,
        "The specified version '"
            + version
            + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
  }

  static RegistryRefusal invalidLevel(String level) {
    return new RegistryRefusal(
        422,
        42203,
        "Invalid compatibility level '"
            + level
            + "'. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, and full_transitive");
  }

  static RegistryRefusal storeFailed(String why) {
    return new RegistryRefusal(500, 50001, "Error in the backend data store: " + why);
  }

  static RegistryRefusal plain(int status, String message) {
    return new RegistryRefusal(status, status, message);
  }

  public int status() {
    return status;
  }

  /** Confluent's code, such as 40401 or 42201. */
  public int code() {
    return code;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
