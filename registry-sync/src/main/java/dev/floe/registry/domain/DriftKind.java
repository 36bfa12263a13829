package dev.floe.registry.domain;

/** How a tag in a registry differs from the log. */
public enum DriftKind {
  /** A word that this version does not know. */
  UNKNOWN,
  /** It stands at something else. */
  MOVED,
  /** It is not there. */
  DELETED,
  /** The log does not know it. */
  FOREIGN
}
