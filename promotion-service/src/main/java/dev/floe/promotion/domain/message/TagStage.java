package dev.floe.promotion.domain.message;

/** Which tags are meant: those of the environment, or the plain release tag. */
public enum TagStage {
  ENVIRONMENT,
  RELEASE
}
