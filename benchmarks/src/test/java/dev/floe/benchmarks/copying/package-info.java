/** That the measurement measures, not what it finds: a busy machine must not fail a build. */
@NullMarked
package dev.floe.benchmarks.copying;

import org.jspecify.annotations.NullMarked;
