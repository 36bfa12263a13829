package dev.floe.promotion.domain.line;

import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What {@code latest} of an environment points at.
 *
 * @param promotion that brought it; null for a publication
 */
public record Live(Version version, Digest digest, Instant since, @Nullable String promotion) {}
