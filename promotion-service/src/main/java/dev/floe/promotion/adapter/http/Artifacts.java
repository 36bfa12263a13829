package dev.floe.promotion.adapter.http;

import dev.floe.http.ProblemException;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.RegistryUrl;

/** Names of artifacts as they come from outside: they become keys on Kafka. */
final class Artifacts {

  private Artifacts() {}

  static String checked(String name) {
    if (!RegistryUrl.isArtifactName(name)) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST,
          "'%s' is no artifact's name.".formatted(name),
          "Use lower-case letters, digits and . _ - between them, such as floe-platform.");
    }
    return name;
  }
}
