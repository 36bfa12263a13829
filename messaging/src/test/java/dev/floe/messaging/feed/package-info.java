/** Tests of what stands in the package of the same name. */
@NullMarked
package dev.floe.messaging.feed;

import org.jspecify.annotations.NullMarked;
