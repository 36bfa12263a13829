package dev.floe.registry.application;

import dev.floe.manifest.Manifest;
import dev.floe.registry.domain.RegistryCommand.RecordTagCheck;
import dev.floe.registry.domain.TagBook;

/** Compares what stands in registries with what the log says. */
@FunctionalInterface
public interface TagInspection {

  /** Every difference in the manifest's registries; those that cannot be read are left out. */
  RecordTagCheck inspect(String artifact, TagBook book, Manifest manifest);
}
