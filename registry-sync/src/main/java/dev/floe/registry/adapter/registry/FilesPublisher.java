package dev.floe.registry.adapter.registry;

import dev.floe.manifest.Digest;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryUrl;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import dev.floe.registry.application.UploadSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes an artifact of a folder of files and stores it by digest; tags are somebody else's. The
 * same files and annotations give the same digest, so publishing twice stores nothing twice.
 */
public final class FilesPublisher {

  private final Registries registries;
  private final UploadSpace space;

  /**
   * @param space where layers lie before they are pushed
   */
  public FilesPublisher(Registries registries, UploadSpace space) {
    this.registries = registries;
    this.space = space;
  }

  /**
   * Stores what the folder holds, each of its entries as one layer.
   *
   * @throws IllegalArgumentException if there is nothing in it, or what cannot be published
   * @throws RegistryException if it could not be stored, or cannot be read back
   */
  public Published publish(
      RegistryUrl place,
      RegistryAccess access,
      String artifact,
      Path folder,
      Map<String, String> annotations) {
    Repository target = registries.repository(place, artifact, access);
    Path packed = folder();
    try {
      List<PackedLayer> layers = LayerPacker.pack(folder, packed);
      RawManifest manifest = FilesManifest.of(layers, annotations);
      if (target.head(manifest.digest()).isEmpty()) {
        store(target, layers, manifest);
      }
      checkArrived(target, layers, manifest);
      long size = manifest.size() + manifest.contents().blobBytes();
      return new Published(manifest.digest(), manifest.mediaType(), size, layers.size());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the files to publish", e);
    } finally {
      delete(packed);
    }
  }

  private static void store(Repository target, List<PackedLayer> layers, RawManifest manifest) {
    for (PackedLayer layer : layers) {
      target.putBlob(layer.descriptor(), () -> Files.newInputStream(layer.file()));
    }
    target.putBlob(FilesManifest.config(layers), BlobSource.of(FilesManifest.configBytes(layers)));
    target.putManifest(manifest);
  }

  /** What the registry says it stored counts for nothing; what it gives back does. */
  private static void checkArrived(
      Repository target, List<PackedLayer> layers, RawManifest manifest) {
    if (!target.manifest(manifest.digest()).equals(manifest)) {
      throw failure(RegistryTrouble.DIGEST_MISMATCH, target, "it serves another manifest");
    }
    Stream<Descriptor> blobs = layers.stream().map(PackedLayer::descriptor);
    List<Digest> missing =
        Stream.concat(blobs, Stream.of(FilesManifest.config(layers)))
            .filter(blob -> !target.hasBlob(blob))
            .map(Descriptor::digest)
            .toList();
    if (!missing.isEmpty()) {
      throw failure(RegistryTrouble.INVALID_RESPONSE, target, "it does not have " + missing);
    }
  }

  private static RegistryException failure(
      RegistryTrouble trouble, Repository target, String detail) {
    String action = "publish files to " + target.name();
    return new RegistryException(trouble, action, target.registry().name(), detail);
  }

  private Path folder() {
    try {
      return space.create();
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder to pack files in", e);
    }
  }

  private static void delete(Path folder) {
    try {
      UploadSpace.remove(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary folder " + folder + " cannot be deleted", e);
    }
  }
}
