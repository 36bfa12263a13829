/** Runs the gates that promotions ask for, and records their verdicts. */
@NullMarked
package dev.floe.gate;

import org.jspecify.annotations.NullMarked;
