package dev.floe.gate.adapter.signature;

import dev.floe.manifest.Digest;
import dev.floe.oci.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An in-toto statement, as far as it may stand for a signature. */
final class Statement {

  private static final Set<String> TYPES =
      Set.of("https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1");

  /**
   * What its author thereby stands for. Others, such as the result of a test or a list of
   * weaknesses, may say anything of an artifact, also that it is bad.
   */
  private static final List<String> VOUCHING =
      List.of("https://sigstore.dev/cosign/sign/v1", "https://slsa.dev/provenance/");

  private Statement() {}

  /** Why the statement does not sign the artifact; empty if it does. */
  static Optional<String> objection(byte[] payload, Digest artifact) {
    Json statement = Json.read(payload);
    String type = statement.text("_type").orElse("");
    if (!TYPES.contains(type)) {
      return Optional.of("it holds \"%s\", which is not an in-toto statement".formatted(type));
    }
    if (statement.elements("subject").stream().noneMatch(subject -> is(subject, artifact))) {
      return Optional.of("its statement is about another artifact");
    }
    String predicate = statement.text("predicateType").orElse("");
    return VOUCHING.stream().anyMatch(predicate::startsWith)
        ? Optional.empty()
        : Optional.of("its statement \"%s\" is not a signature".formatted(predicate));
  }

  private static boolean is(Json subject, Digest artifact) {
    return subject
        .member("digest")
        .flatMap(digests -> digests.text(artifact.algorithm()))
        .filter(artifact.hex()::equals)
        .isPresent();
  }
}
