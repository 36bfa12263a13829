package dev.floe.registry.adapter.registry;

import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the manifest of an artifact of files. Members and annotations stand in a fixed order, and
 * nothing is added that was not asked for, such as a time: the same files are the same artifact.
 */
final class FilesManifest {

  static final String ARTIFACT_TYPE = "application/vnd.floe.platform.v1";
  static final byte[] EMPTY_CONFIG = {'{', '}'};

  private static final String TITLE = "org.opencontainers.image.title";

  /** Tells pulling clients that the layer is a folder or file to unpack, not the file itself. */
  private static final String UNPACK = "io.deis.oras.content.unpack";

  private FilesManifest() {}

  static Descriptor config() {
    return new Descriptor(MediaTypes.OCI_EMPTY, Digest.sha256(EMPTY_CONFIG), EMPTY_CONFIG.length);
  }

  static RawManifest of(List<PackedLayer> layers, Map<String, String> annotations) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("schemaVersion", new Json.Numeral("2"));
    members.put("mediaType", new Json.Text(MediaTypes.OCI_MANIFEST));
    members.put("artifactType", new Json.Text(ARTIFACT_TYPE));
    members.put("config", descriptor(config(), Map.of()));
    members.put("layers", new Json.Elements(layers.stream().map(FilesManifest::layer).toList()));
    if (!annotations.isEmpty()) {
      members.put("annotations", texts(annotations));
    }
    byte[] bytes = JsonWriter.write(new Json.Members(members));
    return RawManifest.of(bytes, MediaTypes.OCI_MANIFEST);
  }

  static Map<String, String> annotationsOf(PackedLayer layer) {
    return Map.of(TITLE, layer.title(), UNPACK, "true");
  }

  private static Json layer(PackedLayer layer) {
    return descriptor(layer.descriptor(), annotationsOf(layer));
  }

  private static Json descriptor(Descriptor descriptor, Map<String, String> annotations) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("mediaType", new Json.Text(descriptor.mediaType()));
    members.put("digest", new Json.Text(descriptor.digest().toString()));
    members.put("size", new Json.Numeral(Long.toString(descriptor.size())));
    if (!annotations.isEmpty()) {
      members.put("annotations", texts(annotations));
    }
    return new Json.Members(members);
  }

  private static Json texts(Map<String, String> texts) {
    Map<String, Json> members = new TreeMap<>();
    texts.forEach((name, text) -> members.put(name, new Json.Text(text)));
    return new Json.Members(members);
  }
}
