package dev.floe.gate.application;

import dev.floe.manifest.Digest;

/**
 * What a gate looks at: one version on its way from an environment to the next.
 *
 * @param artifact {@code host/repository@sha256:…} in the primary registry of the environment it
 *     comes from
 */
public record Subject(
    String artifact, Digest digest, String version, String fromEnv, String toEnv) {}
