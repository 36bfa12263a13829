package dev.floe.registry.adapter.oci;

import dev.floe.manifest.Digest;
import dev.floe.manifest.RegistryUrl;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonWriter;
import dev.floe.registry.domain.Evidence;
import dev.floe.registry.domain.RegistryEvent.ReplicationStarted;
import java.util.List;
import java.util.Locale;

/**
 * What is attested of a promotion: an in-toto statement v1 whose predicate is a SLSA verification
 * summary v1, with what floe knows beyond that in its own member. The same promotion always gives
 * the same bytes.
 */
final class PromotionStatement {

  static final String PREDICATE_TYPE = "https://slsa.dev/verification_summary/v1";

  private PromotionStatement() {}

  static byte[] of(
      String artifact, ReplicationStarted started, Evidence evidence, String verifierId) {
    RegistryUrl primary = RegistryUrl.parse(started.targets().getFirst().url());
    Digest digest = started.digest();
    Json.Members subject = Json.object().with("name", artifact).with("digest", digest(digest));
    Json.Members predicate =
        Json.object()
            .with("verifier", Json.object().with("id", verifierId))
            .with("timeVerified", evidence.at().toString())
            .with("resourceUri", primary.ref(artifact, digest).toString())
            .with("policy", policy(evidence))
            .with("inputAttestations", List.of())
            .with("verificationResult", "PASSED")
            .with("verifiedLevels", List.of(new Json.Text(level(started.to()))))
            .with("floe_promotion", promotion(started, evidence));
    return JsonWriter.write(
        Json.object()
            .with("_type", "https://in-toto.io/Statement/v1")
            .with("subject", List.of(subject))
            .with("predicateType", PREDICATE_TYPE)
            .with("predicate", predicate));
  }

  /** A level of our own: how the artifact was built is not what was checked. */
  private static String level(String environment) {
    return "FLOE_PROMOTED_TO_" + environment.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static Json policy(Evidence evidence) {
    return Json.object()
        .with("uri", "floe:manifest/" + evidence.manifestRevision())
        .with("digest", digest(Digest.parse(evidence.rulesHash())));
  }

  private static Json promotion(ReplicationStarted started, Evidence evidence) {
    Json.Members promotion =
        Json.object()
            .with("id", started.promotion())
            .with("version", started.version().toString())
            .with("from", started.from())
            .with("to", started.to())
            .with("requestedBy", evidence.requestedBy())
            .with("manifestRevision", evidence.manifestRevision())
            .with("planHash", evidence.planHash())
            .with("gates", evidence.gates().stream().map(PromotionStatement::gate).toList());
    if (evidence.gatesPassedAt() != null) {
      promotion = promotion.with("gatesPassedAt", evidence.gatesPassedAt().toString());
    }
    return promotion.with(
        "approvals", evidence.approvals().stream().map(PromotionStatement::approval).toList());
  }

  private static Json gate(Evidence.Gate gate) {
    return Json.object()
        .with("name", gate.name())
        .with("definition", gate.definition())
        .with("result", "passed");
  }

  private static Json approval(Evidence.Approval approval) {
    return Json.object()
        .with("team", approval.team())
        .with("by", approval.by())
        .with("at", approval.at().toString())
        .with("via", approval.via());
  }

  private static Json digest(Digest digest) {
    return Json.object().with(digest.algorithm(), digest.hex());
  }
}
