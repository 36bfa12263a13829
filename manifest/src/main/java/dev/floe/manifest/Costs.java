package dev.floe.manifest;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What storage costs, for estimates; {@code source} says where the figure comes from. */
public record Costs(BigDecimal storagePerGbMonth, String currency, @Nullable String source) {}
