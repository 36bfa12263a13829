package dev.floe.promotion.domain.line;

import dev.floe.manifest.Digest;

/** A version that the first environment took in; its digest never changes. */
public record Published(Digest digest, long size) {}
