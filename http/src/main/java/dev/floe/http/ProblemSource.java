package dev.floe.http;

import java.util.Optional;

/** Says what a module's own exceptions mean to whoever asked. */
@FunctionalInterface
public interface ProblemSource {

  /** The problem behind {@code thrown}; empty where it is none of this module's. */
  Optional<ProblemException> of(Throwable thrown);
}
