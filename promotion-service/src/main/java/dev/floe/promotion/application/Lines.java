package dev.floe.promotion.application;

import dev.floe.promotion.domain.line.ReleaseLine;
import java.util.Optional;

/** Release lines as they stand, to be looked at and not decided on. */
public interface Lines {

  /** The line of an artifact; an empty one where nothing has happened. */
  ReleaseLine of(String artifact);

  /** The artifact that a promotion is about. */
  Optional<String> artifactOf(String promotion);
}
