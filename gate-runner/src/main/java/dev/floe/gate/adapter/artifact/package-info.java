/** How the gates that floe brings along look at an artifact in its registry. */
@NullMarked
package dev.floe.gate.adapter.artifact;

import org.jspecify.annotations.NullMarked;
