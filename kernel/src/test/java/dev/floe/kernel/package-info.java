/** How rules are told in tests: given, when, then. */
@NullMarked
package dev.floe.kernel;

import org.jspecify.annotations.NullMarked;
