package dev.floe.promotion.adapter.file;

import dev.floe.manifest.Digest;
import dev.floe.promotion.application.ManifestStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Manifests in a folder, each under the SHA-256 of its text; readable by the owner alone. */
public final class ManifestFiles implements ManifestStore {

  private final Path folder;

  public ManifestFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public void keep(String yaml) {
    Path file = folder.resolve(Digest.sha256(yaml).hex() + ".yaml");
    if (Files.exists(file)) {
      return;
    }
    try {
      Files.createDirectories(folder, only("rwx------"));
      Path whole = Files.createTempFile(folder, "manifest-", ".part", only("rw-------"));
      Files.writeString(whole, yaml);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "The manifest cannot be kept in %s: %s; make the folder writable."
              .formatted(folder, failed.getMessage()),
          failed);
    }
  }

  private static FileAttribute<?> only(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
