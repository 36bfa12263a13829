package dev.floe.registry.adapter.registry;

import dev.floe.manifest.Digest;

/**
 * An artifact that was made of files and is in its registry now, under its digest alone.
 *
 * @param size of manifest, config and layers
 */
public record Published(Digest digest, String mediaType, long size, int layers) {}
