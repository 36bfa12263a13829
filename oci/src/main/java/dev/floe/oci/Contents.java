package dev.floe.oci;

import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a manifest says, read by its structure: an unknown media type with layers, blobs or
 * manifests is followed like the known ones.
 *
 * @param manifests the children of an index or list, in order
 * @param blobs config, layers and blobs, each once, in order
 * @param subject the manifest that this one is about, if it refers to one
 * @param configType the media type of the config, if there is one
 */
public record Contents(
    List<Descriptor> manifests,
    List<Descriptor> blobs,
    Optional<Descriptor> subject,
    Optional<String> artifactType,
    Optional<String> configType,
    Map<String, String> annotations) {

  /** As RFC 6838 lets types be named; anything else could end a header's line. */
  private static final Pattern TYPE =
      Pattern.compile("[A-Za-z0-9][\\w!#$&^.+-]{0,126}/[A-Za-z0-9][\\w!#$&^.+-]{0,126}");

  public Contents {
    manifests = List.copyOf(manifests);
    blobs = List.copyOf(blobs);
    annotations = Map.copyOf(annotations);
  }

  static Contents of(RawManifest manifest) {
    Json json = Json.read(manifest.bytes());
    if (!(json instanceof Json.Members)) {
      throw new JsonException("a manifest is a JSON object");
    }
    checkOneMeaning(json, manifest.mediaType());
    Optional<Descriptor> config = json.member("config").map(Descriptor::from);
    Map<Object, Descriptor> blobs = new LinkedHashMap<>();
    config.ifPresent(blob -> blobs.putIfAbsent(blob.digest(), blob));
    for (String holder : List.of("layers", "blobs")) {
      for (Json layer : json.elements(holder)) {
        Descriptor blob = Descriptor.from(layer);
        blobs.putIfAbsent(blob.digest(), blob);
      }
    }
    Optional<String> configType = config.map(Descriptor::mediaType);
    return new Contents(
        json.elements("manifests").stream().map(Descriptor::from).toList(),
        new ArrayList<>(blobs.values()),
        json.member("subject").map(Descriptor::from),
        json.text("artifactType").or(() -> configType),
        configType,
        json.texts("annotations"));
  }

  /** Content that one client takes for an index and another for an image is a known attack. */
  private static void checkOneMeaning(Json json, String mediaType) {
    boolean index = json.member("manifests").isPresent();
    boolean image = json.member("layers").isPresent() || json.member("config").isPresent();
    if (index && image) {
      throw new JsonException("it claims to be an index and an image at once");
    }
    if (json.member("fsLayers").isPresent()) {
      throw new JsonException("Docker's schema 1 cannot be copied by digest; push it again as OCI");
    }
    if (!TYPE.matcher(mediaType).matches()) {
      throw new JsonException("its media type is none that can be told");
    }
    Optional<String> written = json.text("mediaType");
    if (written.isPresent() && !written.get().equalsIgnoreCase(mediaType)) {
      throw new JsonException("it is served as " + mediaType + " but says " + written.get());
    }
  }

  public boolean isIndex() {
    return !manifests.isEmpty();
  }

  /** What config and layers take, without the manifests. */
  public long blobBytes() {
    return blobs.stream().mapToLong(Descriptor::size).sum();
  }
}
