package dev.floe.gate.adapter.policy;

import dev.floe.gate.application.PolicyOrder;
import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.ReferrersTag;
import dev.floe.oci.Repository;
import dev.floe.oci.copy.Graph;
import dev.floe.oci.json.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads from the registry what rules are evaluated over: manifests and lists, never a blob. */
final class Facts {

  private static final String CREATED = "org.opencontainers.image.created";
  private static final String PREDICATE = "dev.sigstore.bundle.predicateType";

  private Facts() {}

  /** A value for each of {@link Variables#TYPES}; without a known date there is none for two. */
  static Map<String, Object> read(Repository place, PolicyOrder order, Instant now) {
    Digest digest = order.subject().digest();
    Graph graph = Graph.read(place, digest);
    List<Map<String, Object>> referrers = referrers(place, digest);
    List<Map<String, Object>> signatures = signatures(place, digest, referrers);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("artifact.name", order.artifact());
    facts.put("artifact.ref", order.subject().artifact());
    facts.put("artifact.version", order.subject().version());
    facts.put("artifact.digest", digest.toString());
    facts.put("artifact.media_type", graph.manifest().mediaType());
    facts.put("artifact.artifact_type", graph.contents().artifactType().orElse(""));
    facts.put("artifact.config_type", graph.contents().configType().orElse(""));
    facts.put("artifact.is_index", graph.contents().isIndex());
    facts.put("artifact.size", graph.totalBytes());
    facts.put("artifact.annotations", graph.contents().annotations());
    facts.put("artifact.layers", layers(graph));
    facts.put("artifact.manifest", plain(Json.read(graph.manifest().bytes())));
    facts.put("artifact.signed", !signatures.isEmpty());
    facts.put("artifact.signatures", signatures);
    facts.put("artifact.referrers", referrers);
    facts.put("artifact.lifecycle", order.lifecycle());
    facts.put("from_env", order.subject().fromEnv());
    facts.put("to_env", order.subject().toEnv());
    facts.put("now", now);
    Optional<Instant> created = created(graph.contents().annotations());
    facts.put("artifact.has_created", created.isPresent());
    created.ifPresent(
        at -> {
          facts.put("artifact.created", at);
          facts.put("artifact.age", Duration.between(at, now));
        });
    return facts;
  }

  private static Optional<Instant> created(Map<String, String> annotations) {
    try {
      return Optional.ofNullable(annotations.get(CREATED))
          .map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** Of an index the layers of all its images, each once. */
  private static List<Map<String, Object>> layers(Graph graph) {
    Map<Digest, Map<String, Object>> layers = new LinkedHashMap<>();
    graph.children().forEach(child -> layers(child).forEach(l -> layers.put(digestOf(l), l)));
    Json manifest = Json.read(graph.manifest().bytes());
    for (String holder : List.of("layers", "blobs")) {
      for (Json json : manifest.elements(holder)) {
        Map<String, Object> layer = described(Descriptor.from(json));
        layers.put(digestOf(layer), layer);
      }
    }
    return new ArrayList<>(layers.values());
  }

  private static Digest digestOf(Map<String, Object> layer) {
    return Digest.parse(String.valueOf(layer.get("digest")));
  }

  private static Map<String, Object> described(Descriptor descriptor) {
    return Map.of(
        "media_type", descriptor.mediaType(),
        "artifact_type", descriptor.artifactType().orElse(""),
        "digest", descriptor.digest().toString(),
        "size", descriptor.size(),
        "annotations", descriptor.annotations());
  }

  private static List<Map<String, Object>> referrers(Repository place, Digest digest) {
    return place.referrers(digest).manifests().stream().map(Facts::described).toList();
  }

  /** Those that are there; whether they are any good is what {@code security_scan} says. */
  private static List<Map<String, Object>> signatures(
      Repository place, Digest digest, List<Map<String, Object>> referrers) {
    List<Map<String, Object>> signatures = new ArrayList<>();
    ReferrersTag.cosign(digest, ".sig")
        .flatMap(place::head)
        .map(Facts::described)
        .ifPresent(signatures::add);
    referrers.stream().filter(Facts::isSignature).forEach(signatures::add);
    return signatures;
  }

  private static boolean isSignature(Map<String, Object> referrer) {
    String type = String.valueOf(referrer.get("artifact_type"));
    if (type.contains("sigstore.bundle")) {
      Object predicate =
          referrer.get("annotations") instanceof Map<?, ?> annotations
              ? annotations.get(PREDICATE)
              : null;
      return predicate == null || predicate.toString().endsWith("/cosign/sign/v1");
    }
    return type.contains("cncf.notary.signature")
        || type.contains("dev.cosign.artifact.sig")
        || type.contains("dev.cosign.simplesigning");
  }

  /** As CEL takes it; a member that is null counts as one that is not there. */
  private static Object plain(Json json) {
    return switch (json) {
      case Json.Members(Map<String, Json> byName) -> {
        Map<String, Object> members = new LinkedHashMap<>();
        byName.forEach(
            (name, value) -> {
              if (!(value instanceof Json.Nothing)) {
                members.put(name, plain(value));
              }
            });
        yield members;
      }
      case Json.Elements(List<Json> list) ->
          list.stream().filter(e -> !(e instanceof Json.Nothing)).map(Facts::plain).toList();
      case Json.Text(String value) -> value;
      case Json.Flag(boolean value) -> value;
      case Json.Numeral(String written) -> number(written);
      case Json.Nothing() -> "";
    };
  }

  private static Object number(String written) {
    try {
      return Long.valueOf(written);
    } catch (NumberFormatException _) {
      return Double.valueOf(written);
    }
  }
}
