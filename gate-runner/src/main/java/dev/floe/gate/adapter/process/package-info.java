/**
 * Command gates as real processes: argv in, verdict out. A gate is confined as far as the host
 * allows, its output is bounded and redacted, and nothing of it outlives its result.
 */
@NullMarked
package dev.floe.gate.adapter.process;

import org.jspecify.annotations.NullMarked;
