/** How much it costs to copy artifacts between registries, beside the tool that people use. */
@NullMarked
package dev.floe.benchmarks.copying;

import org.jspecify.annotations.NullMarked;
