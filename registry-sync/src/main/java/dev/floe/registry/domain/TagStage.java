package dev.floe.registry.domain;

/** Which tags: those of the environment, or the plain release tag. */
public enum TagStage {
  ENVIRONMENT,
  RELEASE
}
