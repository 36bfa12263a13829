package dev.floe.audit.adapter.http;

import dev.floe.audit.ProjectorService;
import dev.floe.audit.view.EntryFilter;
import dev.floe.http.ProblemException;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Nearest;
import dev.floe.manifest.ProblemCode;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is what a read asks for. To ask for what never was is an error, for an empty answer
 * would look as if there had been something to look at (335.8). What the manifest in force names is
 * there, and so is what the trail knows from earlier.
 */
@Singleton
final class Known {

  private final ProjectorService service;

  Known(ProjectorService service) {
    this.service = service;
  }

  Manifest manifest() {
    return service.rules().manifest();
  }

  void artifact(String name) {
    List<String> named = manifest().artifacts();
    if (!named.contains(name) && !isInTrail(name, null, null)) {
      throw unknown(ProblemCode.UNKNOWN_ARTIFACT, "The manifest names no artifact", name, named);
    }
  }

  void environment(String name) {
    List<String> named = manifest().environmentNames();
    if (!named.contains(name) && !isInTrail(null, null, name)) {
      throw unknown(ProblemCode.UNKNOWN_ENVIRONMENT, "There is no environment", name, named);
    }
  }

  /**
   * A version.
   *
   * @param artifact of which; null for any
   */
  void version(@Nullable String artifact, String version) {
    if (!isInTrail(artifact, version, null)) {
      String which = artifact == null ? version : artifact + " " + version;
      throw new ProblemException(
          ProblemCode.UNKNOWN_VERSION,
          "%s was never published.".formatted(which),
          "List the published ones: floe platform list");
    }
  }

  /** All of a few words, with the one that was probably meant. */
  static String meant(String word, List<String> known) {
    String all = String.join(", ", known);
    return Nearest.to(word, known)
        .map(near -> "%s; did you mean %s?".formatted(all, near))
        .orElse(all + ".");
  }

  private boolean isInTrail(
      @Nullable String artifact, @Nullable String version, @Nullable String environment) {
    return service.trail().hasAny(EntryFilter.about(artifact, version, environment));
  }

  private static ProblemException unknown(
      ProblemCode code, String what, String name, List<String> named) {
    return new ProblemException(
        code, "%s '%s'.".formatted(what, name), "The manifest names: " + meant(name, named));
  }
}
