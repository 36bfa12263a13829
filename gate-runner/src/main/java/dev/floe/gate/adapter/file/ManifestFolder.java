package dev.floe.gate.adapter.file;

import dev.floe.gate.application.GateDefinitions;
import dev.floe.gate.domain.GateRef;
import dev.floe.manifest.Gate;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ManifestParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds gates in a folder of manifests, {@code <sha256>.yaml} each: in the one of the revision that
 * is asked for, else in every one, the newest first.
 */
public final class ManifestFolder implements GateDefinitions {

  private final Path folder;
  private final IntFunction<Optional<String>> sha256Of;
  private final Supplier<Optional<String>> inForce;
  private final Map<GateRef, Defined> found = new ConcurrentHashMap<>();

  /**
   * A folder of manifests.
   *
   * @param sha256Of the hash of a revision's manifest, as far as this process knows revisions
   * @param inForce the hash of the manifest in force, as far as this process knows it
   */
  public ManifestFolder(
      Path folder, IntFunction<Optional<String>> sha256Of, Supplier<Optional<String>> inForce) {
    this.folder = folder;
    this.sha256Of = sha256Of;
    this.inForce = inForce;
  }

  @Override
  public Optional<Manifest> inForce() {
    return inForce.get().flatMap(this::manifest);
  }

  /** The manifest of that hash, if it is here; its file never changes. */
  private Optional<Manifest> manifest(String sha256) {
    Path file = folder.resolve(sha256 + ".yaml");
    return Files.exists(file) ? manifest(file) : Optional.empty();
  }

  @Override
  public Optional<Defined> find(GateRef ref, int revision) {
    return sha256Of
        .apply(revision)
        .flatMap(this::manifest)
        .flatMap(manifest -> find(manifest, ref))
        .or(() -> findAnywhere(ref));
  }

  private Optional<Defined> findAnywhere(GateRef ref) {
    Defined known = found.get(ref);
    if (known != null) {
      return Optional.of(known);
    }
    for (Path file : newestFirst()) {
      Optional<Defined> defined = manifest(file).flatMap(manifest -> find(manifest, ref));
      if (defined.isPresent()) {
        found.put(ref, defined.get());
        return defined;
      }
    }
    return Optional.empty();
  }

  private static Optional<Defined> find(Manifest manifest, GateRef ref) {
    return manifest
        .gates()
        .filter(gate -> gate.name().equals(ref.name()) && !gate.isShown())
        .filter(gate -> gate.definitionHash().equals(ref.definition()))
        .findFirst()
        .map((Gate gate) -> new Defined(gate, manifest));
  }

  private static Optional<Manifest> manifest(Path file) {
    try {
      return Optional.ofNullable(
          ManifestParser.parse(Files.readString(file), file.toString()).manifest());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read", unreadable);
    }
  }

  private List<Path> newestFirst() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted(Comparator.comparingLong(ManifestFolder::modified).reversed())
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(folder + " cannot be listed", unreadable);
    }
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }
}
