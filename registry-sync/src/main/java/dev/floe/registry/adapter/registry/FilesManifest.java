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
  static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";

  private static final String TITLE = "org.opencontainers.image.title";

  /** Tells pulling clients that the layer is a folder or file to unpack, not the file itself. */
  private static final String UNPACK = "io.deis.oras.content.unpack";

  private FilesManifest() {}

  static Descriptor config(List<PackedLayer> layers) {
    byte[] bytes = configBytes(layers);
    return new Descriptor(CONFIG_TYPE, Digest.sha256(bytes), bytes.length);
  }

  /**
   * An image's configuration (image-spec, config.md), so that every tool that looks at images looks
   * at this artifact too; it says nothing but which layers there are.
   */
  static byte[] configBytes(List<PackedLayer> layers) {
    Map<String, Json> rootfs = new LinkedHashMap<>();
    rootfs.put("type", new Json.Text("layers"));
    rootfs.put(
        "diff_ids",
        new Json.Elements(
            layers.stream()
                .map(layer -> (Json) new Json.Text(layer.unpacked().toString()))
                .toList()));
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("architecture", new Json.Text("unknown"));
    members.put("os", new Json.Text("unknown"));
    members.put("config", new Json.Members(Map.of()));
    members.put("rootfs", new Json.Members(rootfs));
    return JsonWriter.write(new Json.Members(members));
  }

  static RawManifest of(List<PackedLayer> layers, Map<String, String> annotations) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("schemaVersion", new Json.Numeral("2"));
    members.put("mediaType", new Json.Text(MediaTypes.OCI_MANIFEST));
    members.put("artifactType", new Json.Text(ARTIFACT_TYPE));
    members.put("config", descriptor(config(layers), Map.of()));
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
