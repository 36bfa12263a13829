package dev.floe.registry.adapter.registry;

import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonWriter;
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
    List<Json.Text> layersUnpacked =
        layers.stream().map(layer -> new Json.Text(layer.unpacked().toString())).toList();
    return JsonWriter.write(
        Json.object()
            .with("architecture", "unknown")
            .with("os", "unknown")
            .with("config", Json.object())
            .with("rootfs", Json.object().with("type", "layers").with("diff_ids", layersUnpacked)));
  }

  static RawManifest of(List<PackedLayer> layers, Map<String, String> annotations) {
    Json.Members manifest =
        Json.object()
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_MANIFEST)
            .with("artifactType", ARTIFACT_TYPE)
            .with("config", config(layers).toJson())
            .with("layers", layers.stream().map(FilesManifest::layer).toList());
    if (!annotations.isEmpty()) {
      manifest = manifest.with("annotations", new TreeMap<>(annotations));
    }
    return RawManifest.of(JsonWriter.write(manifest), MediaTypes.OCI_MANIFEST);
  }

  static Map<String, String> annotationsOf(PackedLayer layer) {
    return Map.of(TITLE, layer.title(), UNPACK, "true");
  }

  private static Json layer(PackedLayer layer) {
    return layer.descriptor().toJson().with("annotations", new TreeMap<>(annotationsOf(layer)));
  }
}
