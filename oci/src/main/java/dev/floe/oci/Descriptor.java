package dev.floe.oci;

import dev.floe.manifest.Digest;
import dev.floe.manifest.InvalidWord;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Points at content by digest, with its size and type.
 *
 * @param urls where the content may also be found; with any, it need not be in the registry
 */
public record Descriptor(
    String mediaType,
    Digest digest,
    long size,
    Optional<String> artifactType,
    Map<String, String> annotations,
    List<String> urls) {

  /** So large that as many as fit into a manifest can still be added up. */
  private static final long LARGEST = 1L << 44;

  public Descriptor {
    annotations = Map.copyOf(annotations);
    urls = List.copyOf(urls);
    if (size < 0) {
      throw new JsonException("a descriptor's size is negative");
    }
    if (size > LARGEST) {
      throw new JsonException("a descriptor's size is larger than anything");
    }
  }

  public Descriptor(String mediaType, Digest digest, long size) {
    this(mediaType, digest, size, Optional.empty(), Map.of(), List.of());
  }

  /** A foreign layer: its owner forbids to distribute it, so most registries do not hold it. */
  public boolean isForeign() {
    return !urls.isEmpty();
  }

  /**
   * The descriptor that the JSON object is.
   *
   * @throws JsonException if it is no descriptor, or its digest is none that can be checked
   */
  public static Descriptor from(Json json) {
    OptionalLong size = json.whole("size");
    if (size.isEmpty()) {
      throw new JsonException("a descriptor has no size");
    }
    return new Descriptor(
        json.text("mediaType").orElse("application/octet-stream"),
        digestIn(json),
        size.getAsLong(),
        json.text("artifactType"),
        json.texts("annotations"),
        json.elements("urls").stream().map(Descriptor::text).toList());
  }

  /** What points at the content and no more: type, digest and size. */
  public Json.Members toJson() {
    return Json.object()
        .with("mediaType", mediaType)
        .with("digest", digest.toString())
        .with("size", size);
  }

  private static Digest digestIn(Json json) {
    String digest =
        json.text("digest").orElseThrow(() -> new JsonException("a descriptor has no digest"));
    try {
      return Digest.parse(digest);
    } catch (InvalidWord e) {
      throw new JsonException(String.valueOf(e.getMessage()));
    }
  }

  private static String text(Json json) {
    if (json instanceof Json.Text(String value)) {
      return value;
    }
    throw new JsonException("an element of \"urls\" is no string");
  }
}
