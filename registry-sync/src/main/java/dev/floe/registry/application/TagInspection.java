package dev.floe.registry.application;

import dev.floe.manifest.Manifest;
import dev.floe.manifest.ProblemCode;
import dev.floe.registry.domain.RegistryCommand.RecordTagCheck;
import dev.floe.registry.domain.TagBook;
import java.util.List;

/** Compares what stands in registries with what the log says. */
@FunctionalInterface
public interface TagInspection {

  /**
   * What a look has shown.
   *
   * @param unread what could not be looked at, of which nothing is known
   */
  record Seen(RecordTagCheck check, List<Unread> unread) {
    public Seen {
      unread = List.copyOf(unread);
    }
  }

  /**
   * A repository that could not be read.
   *
   * @param repository reference without a tag
   */
  record Unread(
      String environment,
      String registry,
      String repository,
      ProblemCode problem,
      String message) {}

  /** Every difference in the manifest's registries, and those that could not be compared. */
  Seen inspect(String artifact, TagBook book, Manifest manifest);
}
