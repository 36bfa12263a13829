/**
 * What every service's rules stand on. A {@link dev.floe.kernel.Decider} turns a command and folded
 * state into a {@link dev.floe.kernel.Decision}; a {@link dev.floe.kernel.Journal} keeps what was
 * decided. Nothing here knows a domain word, a framework, a clock or a network.
 */
@NullMarked
@CheckReturnValue
package dev.floe.kernel;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
