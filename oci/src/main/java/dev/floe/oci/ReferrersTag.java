package dev.floe.oci;

import dev.floe.manifest.Digest;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tag under which clients keep a subject's referrers where the registry does not do it. */
public final class ReferrersTag {

  private ReferrersTag() {}

  public static String of(Digest subject) {
    return subject.algorithm() + "-" + subject.hex();
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
    Map<String, Json> index = new LinkedHashMap<>();
    index.put("schemaVersion", new Json.Numeral("2"));
    index.put("mediaType", new Json.Text(MediaTypes.OCI_INDEX));
    index.put("manifests", new Json.Elements(entries));
    byte[] bytes = JsonWriter.write(new Json.Members(index));
    return Optional.of(RawManifest.of(bytes, MediaTypes.OCI_INDEX));
  }

  private static Json entry(RawManifest referrer) {
    Contents contents = referrer.contents();
    Map<String, Json> entry = new LinkedHashMap<>();
    entry.put("mediaType", new Json.Text(referrer.mediaType()));
    entry.put("digest", new Json.Text(referrer.digest().toString()));
    entry.put("size", new Json.Numeral(Integer.toString(referrer.size())));
    contents.artifactType().ifPresent(type -> entry.put("artifactType", new Json.Text(type)));
    if (!contents.annotations().isEmpty()) {
      Map<String, Json> annotations = new LinkedHashMap<>();
      contents.annotations().keySet().stream()
          .sorted()
          .forEach(key -> annotations.put(key, new Json.Text(text(contents, key))));
      entry.put("annotations", new Json.Members(annotations));
    }
    return new Json.Members(entry);
  }

  private static String text(Contents contents, String key) {
    return contents.annotations().getOrDefault(key, "");
  }
}
