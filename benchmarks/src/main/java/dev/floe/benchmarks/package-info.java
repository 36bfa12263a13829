/** What is claimed about speed, measured beside a baseline in the same run. */
@NullMarked
package dev.floe.benchmarks;

import org.jspecify.annotations.NullMarked;
