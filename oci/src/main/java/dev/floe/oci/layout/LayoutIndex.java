package dev.floe.oci.layout;

import dev.floe.manifest.Digest;
import dev.floe.oci.Contents;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A layout's {@code index.json}: which manifests stand under which tags, and which ones are kept
 * for their subject. Entries that others wrote keep all they say.
 */
record LayoutIndex(List<Json> entries) {

  private static final String TAG = "org.opencontainers.image.ref.name";

  LayoutIndex {
    entries = List.copyOf(entries);
  }

  static LayoutIndex empty() {
    return new LayoutIndex(List.of());
  }

  static LayoutIndex read(byte[] bytes) {
    return new LayoutIndex(Json.read(bytes).elements("manifests"));
  }

  byte[] bytes() {
    return JsonWriter.write(
        Json.object()
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_INDEX)
            .with("manifests", entries));
  }

  private static Optional<String> tag(Json entry) {
    return Optional.ofNullable(entry.texts("annotations").get(TAG));
  }

  private static Digest digest(Json entry) {
    return Descriptor.from(entry).digest();
  }

  Optional<Digest> tagged(String tag) {
    return entries.stream()
        .filter(entry -> tag(entry).equals(Optional.of(tag)))
        .map(LayoutIndex::digest)
        .findFirst();
  }

  Optional<String> mediaType(Digest digest) {
    return entries.stream()
        .map(Descriptor::from)
        .filter(entry -> entry.digest().equals(digest))
        .map(Descriptor::mediaType)
        .findFirst();
  }

  List<String> tags() {
    return entries.stream().flatMap(entry -> tag(entry).stream()).sorted().toList();
  }

  Set<Digest> digests() {
    Set<Digest> digests = new LinkedHashSet<>();
    entries.forEach(entry -> digests.add(digest(entry)));
    return digests;
  }

  LayoutIndex tagging(String tag, RawManifest manifest) {
    if (tagged(tag).equals(Optional.of(manifest.digest()))) {
      return this;
    }
    List<Json> changed = new ArrayList<>(without(tag).entries);
    changed.add(entry(manifest, Map.of(TAG, tag)));
    return new LayoutIndex(changed);
  }

  /** Lists a manifest without a tag, so that it is found by its subject. */
  LayoutIndex holding(RawManifest manifest) {
    if (digests().contains(manifest.digest())) {
      return this;
    }
    List<Json> changed = new ArrayList<>(entries);
    changed.add(entry(manifest, Map.of()));
    return new LayoutIndex(changed);
  }

  /** What stood under the tag stays in the index, untagged: it may have a subject. */
  LayoutIndex without(String tag) {
    List<Json> changed = new ArrayList<>();
    for (Json entry : entries) {
      if (!tag(entry).equals(Optional.of(tag))) {
        changed.add(entry);
      } else if (entries.stream().filter(each -> digest(each).equals(digest(entry))).count() == 1) {
        changed.add(untagged(entry));
      }
    }
    return new LayoutIndex(changed);
  }

  private static Json untagged(Json entry) {
    Map<String, Json> members = new LinkedHashMap<>(((Json.Members) entry).byName());
    members.remove("annotations");
    Map<String, String> annotations = new LinkedHashMap<>(entry.texts("annotations"));
    annotations.remove(TAG);
    return annotated(new Json.Members(members), annotations);
  }

  private static Json entry(RawManifest manifest, Map<String, String> annotations) {
    return annotated(manifest.descriptor().toJson(), annotations);
  }

  private static Json annotated(Json.Members entry, Map<String, String> annotations) {
    return annotations.isEmpty() ? entry : entry.with("annotations", annotations);
  }

  /** As a list of referrers shows the manifest: with its own type and annotations. */
  static Descriptor descriptor(RawManifest manifest) {
    Contents contents = manifest.contents();
    return new Descriptor(
        manifest.mediaType(),
        manifest.digest(),
        manifest.size(),
        contents.artifactType(),
        contents.annotations(),
        List.of());
  }
}
