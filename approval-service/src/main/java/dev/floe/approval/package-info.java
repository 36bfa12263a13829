/** Asks people for their approval, and records what they say. */
@NullMarked
package dev.floe.approval;

import org.jspecify.annotations.NullMarked;
