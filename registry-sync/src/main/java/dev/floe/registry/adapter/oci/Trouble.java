package dev.floe.registry.adapter.oci;

import dev.floe.manifest.ProblemCode;
import dev.floe.oci.RegistryException;

/** Why something could not be done in a registry, by its kebab-case code and in a sentence. */
final class Trouble extends Exception {

  private final String code;

  Trouble(String code, String message) {
    super(message);
    this.code = code;
  }

  /**
   * What a registry's failure is called outside.
   *
   * @param otherwise where the failure has no word of its own
   */
  static Trouble of(RegistryException failed, ProblemCode otherwise) {
    ProblemCode code =
        switch (failed.trouble()) {
          case NOT_FOUND, INVALID_RESPONSE -> otherwise;
          default -> failed.code();
        };
    return new Trouble(code.code(), String.valueOf(failed.getMessage()));
  }

  String code() {
    return code;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
