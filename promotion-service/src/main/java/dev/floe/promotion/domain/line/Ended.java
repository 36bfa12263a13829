package dev.floe.promotion.domain.line;

import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a promotion that is over.
 *
 * @param state succeeded, failed, denied, expired, withdrawn or cancelled; never changes
 * @param passedAt when its gates passed; null if they never did
 * @param rulesHash the rules under which they passed
 */
public record Ended(
    String promotion,
    Version version,
    Digest digest,
    String to,
    String state,
    @Nullable Instant passedAt,
    String rulesHash) {}
