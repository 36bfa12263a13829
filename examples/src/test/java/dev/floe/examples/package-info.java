/** What the example keeps to itself, and how it says that something is missing. */
@NullMarked
package dev.floe.examples;

import org.jspecify.annotations.NullMarked;
