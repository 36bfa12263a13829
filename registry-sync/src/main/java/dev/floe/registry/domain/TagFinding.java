package dev.floe.registry.domain;

import dev.floe.manifest.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A tag in a registry that differs from the log.
 *
 * @param ref full reference of the tag
 * @param expected null for a tag that the log does not know
 * @param found null where there is no such tag
 */
public record TagFinding(
    String environment,
    String registry,
    String ref,
    DriftKind kind,
    @Nullable Digest expected,
    @Nullable Digest found) {}
