package dev.floe.audit.view;

import dev.floe.manifest.Environment;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Registry;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The full reference of the artifact that an entry is about, as the trail shows it. */
public final class EntryReference {

  /** Events that tell of the artifact where it went; all others speak of where it comes from. */
  private static final Set<String> ARRIVED =
      Set.of(
          "tags_assigned",
          "tag_assignment_started",
          "post_validation_started",
          "post_validation_passed",
          "post_validation_failed",
          "promotion_succeeded");

  private EntryReference() {}

  /**
   * {@code oci://host/repository:version-environment}; without the parts that are not known.
   *
   * @param manifest in force when it happened; null before the first
   */
  public static String of(
      @Nullable Manifest manifest,
      String artifact,
      String event,
      @Nullable String version,
      @Nullable String fromEnv,
      @Nullable String toEnv) {
    String environment = fromEnv == null || ARRIVED.contains(event) ? toEnv : fromEnv;
    String base =
        Optional.ofNullable(manifest)
            .filter(_ -> environment != null)
            .flatMap(m -> m.environment(String.valueOf(environment)))
            .flatMap(Environment::primary)
            .map(Registry::url)
            .map(url -> url + "/")
            .orElse("");
    if (version == null) {
      return base + artifact;
    }
    String tag = environment == null ? version : version + "-" + environment;
    return "%s%s:%s".formatted(base, artifact, tag);
  }
}
