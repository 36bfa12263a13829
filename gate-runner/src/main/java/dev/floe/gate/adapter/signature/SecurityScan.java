package dev.floe.gate.adapter.signature;

import dev.floe.gate.adapter.signature.Finding.Invalid;
import dev.floe.gate.adapter.signature.Finding.Valid;
import dev.floe.gate.application.ArtifactLook;
import dev.floe.gate.application.GateResult;
import dev.floe.gate.application.GateResult.Outcome;
import dev.floe.gate.application.SignatureOrder;
import dev.floe.gate.application.SignatureVerification;
import dev.floe.gate.domain.GateOutcome;
import dev.floe.oci.RegistryException;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Verifies that somebody who counts has signed an artifact, at its pinned digest. */
public final class SecurityScan implements SignatureVerification {

  /** As many reasons as a sentence bears. */
  private static final int TOLD = 3;

  private final Registries registries;

  public SecurityScan(Registries registries) {
    this.registries = registries;
  }

  @Override
  public GateResult verify(SignatureOrder order) {
    return ArtifactLook.within(
        order.timeout(), order.gate(), "verifying its signatures", look -> verified(order, look));
  }

  private GateResult verified(SignatureOrder order, ArtifactLook look) {
    if (order.keys().isEmpty() && order.keyless().isEmpty()) {
      return look.errored(
          "no keys",
          "The gate %s has neither keys nor keyless, so no signature can count."
              .formatted(order.gate()),
          "Add keys: [file:/etc/floe/cosign.pub] to the gate in the manifest, or a command.");
    }
    List<TrustedKey> keys = new ArrayList<>();
    for (SignatureOrder.Key key : order.keys()) {
      try {
        keys.add(TrustedKey.read(key.name(), key.pem()));
      } catch (IllegalArgumentException e) {
        return look.errored(
            "key not usable",
            "The key %s cannot be used: %s.".formatted(key.name(), e.getMessage()),
            "Give the runner a public key in PEM: ECDSA on P-256 or P-384, or Ed25519.");
      }
    }
    Optional<TrustedIdentity> identity;
    try {
      identity = order.keyless().map(TrustedIdentity::new);
    } catch (IllegalArgumentException e) {
      return look.errored(
          "trusted root not usable",
          "Certificates cannot be checked: %s.".formatted(e.getMessage()),
          "Give the runner the trusted_root.json of the Sigstore instance that you trust.");
    }
    return searched(order, keys, identity, look);
  }

  private GateResult searched(
      SignatureOrder order,
      List<TrustedKey> keys,
      Optional<TrustedIdentity> identity,
      ArtifactLook look) {
    String accepted =
        Stream.concat(keys.stream(), identity.stream())
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    try {
      Repository place =
          registries.repository(
              order.registry().url(), order.artifact(), order.registry().access());
      var search = new SignatureSearch(keys, identity);
      var findings = search.in(place, place.manifest(order.subject().digest()));
      return judged(order.subject().artifact(), findings, accepted, look);
    } catch (RegistryException e) {
      return look.unreadable(order.subject().artifact(), e);
    }
  }

  private static GateResult judged(
      String artifact, List<Finding> findings, String accepted, ArtifactLook look) {
    List<String> lines = findings.stream().map(SecurityScan::line).collect(Collectors.toList());
    if (!findings.isEmpty() && findings.getLast() instanceof Valid) {
      return look.ended(Outcome.PASSED, lines, "", "", "");
    }
    lines.add("accepted: " + accepted);
    if (findings.isEmpty()) {
      return look.ended(
          Outcome.FAILED,
          lines,
          GateOutcome.NOT_SIGNED,
          "%s has no signature.".formatted(artifact),
          "Sign it by its digest, for example cosign sign --key cosign.key %s, then promote again."
              .formatted(artifact));
    }
    String reasons =
        findings.stream().limit(TOLD).map(SecurityScan::reason).collect(Collectors.joining("; "));
    String more = findings.size() > TOLD ? "; and %d more".formatted(findings.size() - TOLD) : "";
    return look.ended(
        Outcome.FAILED,
        lines,
        GateOutcome.SIGNATURE_INVALID,
        "No signature of %s counts: %s%s.".formatted(artifact, reasons, more),
        "Sign it with one of the accepted keys, or correct the keys in the manifest, then promote"
            + " again.");
  }

  private static String line(Finding finding) {
    return switch (finding) {
      case Valid(String signer, String form) -> "✓ %s: signed by %s".formatted(form, signer);
      case Invalid _ -> "✗ " + reason(finding);
    };
  }

  private static String reason(Finding finding) {
    return switch (finding) {
      case Valid(String signer, String form) -> "%s: signed by %s".formatted(form, signer);
      case Invalid(String form, String why) -> "%s: %s".formatted(form, why);
    };
  }
}
