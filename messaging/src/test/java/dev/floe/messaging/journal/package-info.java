/** Tests of what stands in the package of the same name. */
@NullMarked
package dev.floe.messaging.journal;

import org.jspecify.annotations.NullMarked;
