package dev.floe.registry.application;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Journal.Answer;
import dev.floe.registry.application.TagInspection.Seen;
import dev.floe.registry.domain.RegistryEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Compares an artifact's registries with the log when somebody wants to know. */
public interface TagChecks {

  /** What a look has shown, and what the rules said to it. */
  record Look(Seen seen, CompletableFuture<Answer<RegistryEvent>> answer) {}

  /**
   * Looks at one artifact now.
   *
   * @param id of the command that tells of it
   * @param by who wants to know
   * @return empty where another instance keeps the artifact, or nothing was ever tagged
   */
  Optional<Look> look(String id, String artifact, Actor by);
}
