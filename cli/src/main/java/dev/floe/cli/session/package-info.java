/** What the commands of one invocation share. */
@NullMarked
package dev.floe.cli.session;

import org.jspecify.annotations.NullMarked;
