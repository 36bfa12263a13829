/** What a command sees of the terminal: streams, formats, failures. */
@NullMarked
package dev.floe.cli.console;

import org.jspecify.annotations.NullMarked;
