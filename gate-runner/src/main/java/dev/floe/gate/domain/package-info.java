/**
 * Which gate runs, how it ended, and what the whole came to. Gates of one intent run one after the
 * other; only the current attempt at a gate counts.
 */
@NullMarked
@CheckReturnValue
package dev.floe.gate.domain;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
