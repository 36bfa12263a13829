package dev.floe.oci.copy;

import dev.floe.manifest.Digest;
import dev.floe.oci.Contents;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.json.JsonException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A manifest and all that hangs below it.
 *
 * @param children in the order of the index; empty for an image
 */
public record Graph(RawManifest manifest, Contents contents, List<Graph> children) {

  private static final int MOST_CHILDREN = 1_000;
  private static final int DEEPEST = 8;
  private static final int MOST_MANIFESTS = 2_000;
  private static final long MOST_BYTES = 64L * 1024 * 1024;

  private static final String TOO_MUCH =
      "it has more or deeper nested manifests than anything honest";

  public Graph {
    children = List.copyOf(children);
  }

  /**
   * Reads the manifests, not the blobs. A missing child is a failure: what is incomplete is no
   * artifact.
   */
  public static Graph read(Repository place, Digest digest) {
    return read(place, digest, 1, new Budget());
  }

  /** The same, but empty if any of the manifests is not there. */
  static Optional<Graph> find(Repository place, Digest digest) {
    try {
      return Optional.of(read(place, digest));
    } catch (RegistryException e) {
      if (e.trouble() == RegistryTrouble.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * What one artifact may take. Counted along every path: a few indexes that all name each other's
   * children are met more often than anybody can follow.
   */
  private static final class Budget {
    private final AtomicInteger manifests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    boolean allowsAnother() {
      return manifests.incrementAndGet() <= MOST_MANIFESTS && bytes.get() <= MOST_BYTES;
    }

    boolean allows(int size) {
      return bytes.addAndGet(size) <= MOST_BYTES;
    }
  }

  private static Graph read(Repository place, Digest digest, int depth, Budget budget) {
    if (depth > DEEPEST || !budget.allowsAnother()) {
      throw invalid(place, digest, TOO_MUCH);
    }
    RawManifest manifest = place.manifest(digest);
    Contents contents;
    try {
      contents = manifest.contents();
    } catch (JsonException e) {
      throw invalid(place, digest, String.valueOf(e.getMessage()));
    }
    if (!budget.allows(manifest.size()) || contents.manifests().size() > MOST_CHILDREN) {
      throw invalid(place, digest, TOO_MUCH);
    }
    List<Digest> below = contents.manifests().stream().map(Descriptor::digest).distinct().toList();
    return new Graph(
        manifest,
        contents,
        Together.map(below, child -> below(place, digest, child, depth, budget)));
  }

  private static Graph below(
      Repository place, Digest parent, Digest child, int depth, Budget budget) {
    try {
      return read(place, child, depth + 1, budget);
    } catch (RegistryException e) {
      if (e.trouble() != RegistryTrouble.NOT_FOUND || !e.action().endsWith("@" + child)) {
        throw e;
      }
      throw new RegistryException(
          RegistryTrouble.NOT_FOUND,
          "read manifest " + place.name() + "@" + parent,
          place.registry().name(),
          "it names %s, which is not there".formatted(child),
          e);
    }
  }

  private static RegistryException invalid(Repository place, Digest digest, String why) {
    return new RegistryException(
        RegistryTrouble.INVALID_RESPONSE,
        "read manifest " + place.name() + "@" + digest,
        place.registry().name(),
        "it cannot be used: " + why);
  }

  public Digest digest() {
    return manifest.digest();
  }

  /** Every manifest once, children before their index. */
  public Map<Digest, RawManifest> manifests() {
    Map<Digest, RawManifest> found = new LinkedHashMap<>();
    children.forEach(child -> found.putAll(child.manifests()));
    found.put(digest(), manifest);
    return found;
  }

  /** Every blob once. */
  public Map<Digest, Descriptor> blobs() {
    Map<Digest, Descriptor> found = new LinkedHashMap<>();
    children.forEach(child -> child.blobs().forEach(found::putIfAbsent));
    contents.blobs().forEach(blob -> found.putIfAbsent(blob.digest(), blob));
    return found;
  }

  /** What the artifact takes in a registry: manifests and blobs, each once. */
  public long totalBytes() {
    long manifests = manifests().values().stream().mapToLong(RawManifest::size).sum();
    return manifests + blobs().values().stream().mapToLong(Descriptor::size).sum();
  }
}
