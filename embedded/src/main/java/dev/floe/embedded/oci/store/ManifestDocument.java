package dev.floe.embedded.oci.store;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a manifest says that a registry must know: its type, what it needs and what it is about. A
 * type that is not known is opaque: it needs nothing and is about nothing.
 *
 * @param needs everything it cannot be pulled without
 * @param names everything it names, also what may lie elsewhere
 * @param subject the manifest it refers to
 * @param descriptor how the referrers API lists it; empty when it has no subject
 * @param opaque of a type that is not known, so that what it needs is not known either
 */
public record ManifestDocument(
    String mediaType,
    List<Digest> needs,
    List<Digest> names,
    Optional<Digest> subject,
    Optional<JsonNode> descriptor,
    boolean opaque) {

  public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  private static final Set<String> INDEXES =
      Set.of(OCI_INDEX, "application/vnd.docker.distribution.manifest.list.v2+json");
  private static final Set<String> MANIFESTS =
      Set.of(
          OCI_MANIFEST,
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.oci.artifact.manifest.v1+json");
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[\\w!#$&^.+-]{1,127}/[\\w!#$&^.+-]{1,127}");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public ManifestDocument {
    needs = List.copyOf(needs);
    names = List.copyOf(names);
  }

  /** The bytes cannot be what their type says; the message tells why. */
  public static final class Malformed extends Exception {
    Malformed(String because) {
      super(because);
    }
  }

  /**
   * Reads the manifest {@code digest}.
   *
   * @param declared the media type it was sent with, parameters included; empty when it had none
   */
  public static ManifestDocument read(Digest digest, byte[] content, Optional<String> declared)
      throws Malformed {
    Optional<String> type = declared.map(ManifestDocument::withoutParameters);
    if (type.isPresent() && !known(type.get())) {
      return opaque(type.get());
    }
    JsonNode json = parse(content);
    String mediaType = type.orElseGet(() -> guessed(json));
    JsonNode own = json.path("mediaType");
    if (!own.isMissingNode() && !mediaType.equals(own.textValue())) {
      throw new Malformed(
          "it was sent as %s and calls itself %s: the two must be equal".formatted(mediaType, own));
    }
    if (!known(mediaType)) {
      return opaque(mediaType);
    }
    return understood(digest, content.length, mediaType, json);
  }

  private static ManifestDocument opaque(String mediaType) throws Malformed {
    if (!MEDIA_TYPE.matcher(mediaType).matches()) {
      throw new Malformed("its content type '%s' is not a media type".formatted(mediaType));
    }
    return new ManifestDocument(
        mediaType, List.of(), List.of(), Optional.empty(), Optional.empty(), true);
  }

  private static ManifestDocument understood(
      Digest digest, int size, String mediaType, JsonNode json) throws Malformed {
    boolean index = INDEXES.contains(mediaType);
    // CVE-2021-41190: content that is both an index and a manifest means different things to
    // different clients.
    for (String foreign : index ? List.of("config", "layers") : List.of("manifests")) {
      if (json.has(foreign)) {
        throw new Malformed("a %s may not have '%s'".formatted(mediaType, foreign));
      }
    }
    var needs = new ArrayList<Digest>();
    var names = new ArrayList<Digest>();
    for (String field : index ? List.of("manifests") : List.of("layers", "blobs")) {
      for (JsonNode part : json.path(field)) {
        Digest needed = digestOf(field, part);
        names.add(needed);
        // Layers with URLs may lie elsewhere and are not pushed.
        if (index || part.path("urls").isEmpty()) {
          needs.add(needed);
        }
      }
    }
    if (json.has("config")) {
      needs.add(digestOf("config", json.path("config")));
    }
    names.addAll(needs);
    Optional<Digest> subject =
        json.hasNonNull("subject")
            ? Optional.of(digestOf("subject", json.path("subject")))
            : Optional.empty();
    Optional<JsonNode> descriptor = subject.map(_ -> descriptor(digest, size, mediaType, json));
    return new ManifestDocument(mediaType, needs, names, subject, descriptor, false);
  }

  private static JsonNode descriptor(Digest digest, int size, String mediaType, JsonNode json) {
    var descriptor = JSON.createObjectNode();
    descriptor.put("mediaType", mediaType);
    descriptor.put("digest", digest.toString());
    descriptor.put("size", size);
    String artifactType = json.path("artifactType").asText("");
    if (artifactType.isEmpty()) {
      artifactType = json.path("config").path("mediaType").asText("");
    }
    if (!artifactType.isEmpty()) {
      descriptor.put("artifactType", artifactType);
    }
    if (json.path("annotations").isObject()) {
      descriptor.set("annotations", json.path("annotations"));
    }
    return descriptor;
  }

  private static JsonNode parse(byte[] content) throws Malformed {
    JsonNode json;
    try {
      json = JSON.readTree(content);
    } catch (IOException e) {
      throw new Malformed(
          "it is not JSON: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    if (!json.isObject()) {
      throw new Malformed("it is not a JSON object");
    }
    return json;
  }

  private static Digest digestOf(String field, JsonNode descriptor) throws Malformed {
    String text = descriptor.path("digest").asText("");
    return Digest.parse(text)
        .orElseThrow(
            () ->
                new Malformed(
                    "'%s' names the digest '%s': neither sha256:<64 hex> nor sha512:<128 hex>"
                        .formatted(field, text)));
  }

  private static boolean known(String mediaType) {
    return INDEXES.contains(mediaType) || MANIFESTS.contains(mediaType);
  }

  private static String guessed(JsonNode json) {
    String own = json.path("mediaType").asText("");
    if (!own.isEmpty()) {
      return own;
    }
    return json.has("manifests") ? OCI_INDEX : OCI_MANIFEST;
  }

  private static String withoutParameters(String contentType) {
    int parameters = contentType.indexOf(';');
    return (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip();
  }
}
