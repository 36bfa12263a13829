package dev.floe.benchmarks.copying;

import dev.floe.manifest.Digest;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Images that are made up: no two blobs are alike, and nothing in them compresses. */
final class Content {

  /** Of one small artifact, in two layers. */
  static final int SMALL_BYTES = 20_000;

  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

  private Content() {}

  /** Writes one image under the tag {@code v1}. */
  static Map<String, Digest> large(Repository into, long bytes, int layers) {
    return Map.of("v1", image(into, "v1", bytes, layers));
  }

  /** Writes so many small images, each under a tag of its own. */
  static Map<String, Digest> small(Repository into, int count) {
    Map<String, Digest> written = new LinkedHashMap<>();
    for (int i = 1; i <= count; i++) {
      String tag = "v1.0." + i;
      written.put(tag, image(into, tag, SMALL_BYTES, 2));
    }
    return written;
  }

  private static Digest image(Repository into, String tag, long bytes, int layers) {
    List<Descriptor> descriptors = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      long length = bytes / layers;
      String name = into.name() + tag + i;
      descriptors.add(blob(into, LAYER, length, () -> new Noise(name, length)));
    }
    String diffs =
        descriptors.stream()
            .map(each -> '"' + each.digest().toString() + '"')
            .collect(Collectors.joining(","));
    byte[] config =
        """
        {"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[%s]}}"""
            .formatted(diffs)
            .getBytes(StandardCharsets.UTF_8);
    RawManifest manifest = manifest(blob(into, config), descriptors);
    into.tag(tag, manifest);
    return manifest.digest();
  }

  private static RawManifest manifest(Descriptor config, List<Descriptor> layers) {
    String text =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
            .formatted(
                MediaTypes.OCI_MANIFEST,
                json(config),
                layers.stream().map(Content::json).collect(Collectors.joining(",")));
    return RawManifest.of(text.getBytes(StandardCharsets.UTF_8), MediaTypes.OCI_MANIFEST);
  }

  private static String json(Descriptor blob) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(blob.mediaType(), blob.digest(), blob.size());
  }

  private static Descriptor blob(Repository into, byte[] bytes) {
    return blob(into, CONFIG, bytes.length, BlobSource.of(bytes));
  }

  private static Descriptor blob(Repository into, String type, long size, BlobSource source) {
    Descriptor blob = new Descriptor(type, digest(source), size);
    into.putBlob(blob, source);
    return blob;
  }

  private static Digest digest(BlobSource source) {
    MessageDigest hash = Digest.sha256("").newHash();
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = source.open()) {
      int count;
      while ((count = in.read(buffer)) >= 0) {
        hash.update(buffer, 0, count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Digest.parse("sha256:" + HexFormat.of().formatHex(hash.digest()));
  }
}
