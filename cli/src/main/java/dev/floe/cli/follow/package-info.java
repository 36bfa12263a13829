/** Follows a promotion to its end, in words and in exit codes. */
@NullMarked
package dev.floe.cli.follow;

import org.jspecify.annotations.NullMarked;
