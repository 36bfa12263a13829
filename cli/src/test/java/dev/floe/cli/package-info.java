@NullMarked
package dev.floe.cli;

import org.jspecify.annotations.NullMarked;
