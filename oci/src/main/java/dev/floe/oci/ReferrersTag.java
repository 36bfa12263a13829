package dev.floe.oci;

import dev.floe.manifest.Digest;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tag under which clients keep a subject's referrers where the registry does not do it. */
public final class ReferrersTag {

  /** As much of a digest as the specification puts into the tag; a whole SHA-256. */
  private static final int LONGEST_HEX = 64;

  private static final int LONGEST_TAG = 128;

  private ReferrersTag() {}

  public static String of(Digest subject) {
    String hex = subject.hex();
    return subject.algorithm() + "-" + hex.substring(0, Math.min(hex.length(), LONGEST_HEX));
  }

  /**
   * The tag under which cosign keeps what is attached to the subject; empty where it would be
   * longer than any tag, so that there can be none.
   *
   * @param suffix such as {@code .sig}
   */
  public static Optional<String> cosign(Digest subject, String suffix) {
    String tag = subject.algorithm() + "-" + subject.hex() + suffix;
    return tag.length() > LONGEST_TAG ? Optional.empty() : Optional.of(tag);
  }

  /**
   * The referrers that what was found under the tag lists; none if it is no index, or the subject
   * itself, to which some registries resolve such a tag.
   */
  public static List<Descriptor> read(RawManifest found, Digest subject) {
    return isIndex(found, subject) ? found.contents().manifests() : List.of();
  }

  private static boolean isIndex(RawManifest found, Digest subject) {
    return found.mediaType().equals(MediaTypes.OCI_INDEX) && !subject.matches(found.bytes());
  }

  /** The index to put under the tag so that it lists the referrer; empty if it does already. */
  public static Optional<RawManifest> adding(
      Optional<RawManifest> found, Digest subject, RawManifest referrer) {
    List<Json> entries = new ArrayList<>();
    if (found.isPresent() && isIndex(found.get(), subject)) {
      entries.addAll(Json.read(found.get().bytes()).elements("manifests"));
    }
    for (Json entry : entries) {
      if (Descriptor.from(entry).digest().equals(referrer.digest())) {
        return Optional.empty();
      }
    }
    entries.add(entry(referrer));
    Json index =
        Json.object()
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_INDEX)
            .with("manifests", entries);
    return Optional.of(RawManifest.of(JsonWriter.write(index), MediaTypes.OCI_INDEX));
  }

  private static Json entry(RawManifest referrer) {
    Contents contents = referrer.contents();
    Json.Members entry = referrer.descriptor().toJson();
    if (contents.artifactType().isPresent()) {
      entry = entry.with("artifactType", contents.artifactType().get());
    }
    Map<String, String> annotations = new TreeMap<>(contents.annotations());
    return annotations.isEmpty() ? entry : entry.with("annotations", annotations);
  }
}
