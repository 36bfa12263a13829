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
import java.util.stream.Stream;

/** Finds gates in a folder of manifests: every {@code *.yaml} in it, the newest first. */
public final class ManifestFolder implements GateDefinitions {

  private final Path folder;
  private final Map<GateRef, Defined> found = new ConcurrentHashMap<>();

  public ManifestFolder(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<Defined> find(GateRef ref) {
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
    return Stream.concat(
            manifest.promotion().validationGates().stream(),
            manifest.environments().stream().flatMap(one -> one.postValidation().stream()))
        .filter(gate -> gate.name().equals(ref.name()))
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
          .sorted(Comparator.comparing(ManifestFolder::modified).reversed())
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(folder + " cannot be listed", unreadable);
    }
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }
}
