package dev.floe.promotion.domain.line;

import dev.floe.manifest.Digest;

/**
 * That a version was live in an environment at some time.
 *
 * @param sound whether it passed everything that runs after the tags moved; until then, and when
 *     that failed, it is there and may go no further
 */
public record Presence(Digest digest, boolean sound) {}
