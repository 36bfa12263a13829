/**
 * Which work on registries is open, whose result counts, and what it came to. A work is a copy or a
 * tagging; only the current attempt at it counts.
 */
@NullMarked
@CheckReturnValue
package dev.floe.registry.domain;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
