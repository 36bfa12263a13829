package dev.floe.registry.domain;

/**
 * What copying to one registry came to.
 *
 * @param trouble kebab-case code; empty when copied
 */
public record ReplicationResult(
    String registry, String ref, boolean copied, long bytes, String trouble, String message) {}
