/** The floe command: one entry, the tree of its commands, its help and completion. */
@NullMarked
package dev.floe.cli;

import org.jspecify.annotations.NullMarked;
