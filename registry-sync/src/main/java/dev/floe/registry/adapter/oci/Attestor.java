package dev.floe.registry.adapter.oci;

import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.Promotion.Attestation;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RegistryException;
import dev.floe.oci.Repository;
import dev.floe.registry.adapter.oci.SigningKey.UnusableKey;
import dev.floe.registry.domain.Evidence;
import dev.floe.registry.domain.RegistryEvent.ReplicationStarted;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts what a promotion went on by beside the copied artifact, signed, if the manifest says so. */
public final class Attestor {

  private final Supplier<Optional<Attestation>> wanted;
  private final Map<String, String> environment;

  /**
   * @param wanted asked for each promotion; empty where none is signed
   * @param environment where {@code env:NAME} is looked up
   */
  public Attestor(Supplier<Optional<Attestation>> wanted, Map<String, String> environment) {
    this.wanted = wanted;
    this.environment = Map.copyOf(environment);
  }

  /** Stores the attestation; one that is there already stays the only one. */
  void attest(String artifact, ReplicationStarted started, Repository place) throws Trouble {
    Optional<Attestation> attestation = wanted.get();
    Evidence evidence = started.evidence();
    // Records of before evidence was told say too little to sign anything.
    if (attestation.isEmpty() || evidence == null) {
      return;
    }
    try {
      SigningKey key = SigningKey.from(attestation.get().key(), environment);
      byte[] statement =
          PromotionStatement.of(artifact, started, evidence, attestation.get().verifierId());
      store(place, AttestationBundle.of(statement, key, subject(started, place), evidence.at()));
    } catch (UnusableKey unusable) {
      throw new Trouble(
          ProblemCode.ATTESTATION_FAILED.code(), String.valueOf(unusable.getMessage()));
    } catch (RegistryException failed) {
      throw Trouble.of(failed, ProblemCode.ATTESTATION_FAILED);
    }
  }

  private static Descriptor subject(ReplicationStarted started, Repository place) throws Trouble {
    return place
        .head(started.digest())
        .orElseThrow(
            () ->
                new Trouble(
                    ProblemCode.COPY_FAILED.code(),
                    "%s no longer has %s".formatted(place, started.digest())));
  }

  private static void store(Repository place, AttestationBundle attestation) {
    put(place, attestation.config());
    put(place, attestation.bundle());
    // Always, for the registry may have the manifest but not yet list it.
    place.putManifest(attestation.manifest());
  }

  private static void put(Repository place, AttestationBundle.Blob blob) {
    if (!place.hasBlob(blob.descriptor())) {
      place.putBlob(blob.descriptor(), blob.content());
    }
  }
}
