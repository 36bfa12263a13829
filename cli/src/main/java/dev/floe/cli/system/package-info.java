/** The commands about the system itself: doctor, open, auth. */
@NullMarked
package dev.floe.cli.system;

import org.jspecify.annotations.NullMarked;
