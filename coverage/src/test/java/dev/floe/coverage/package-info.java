/** What the tests of all modules together run. */
@NullMarked
package dev.floe.coverage;

import org.jspecify.annotations.NullMarked;
