/** floe audit: the trail. */
@NullMarked
package dev.floe.cli.audit;

import org.jspecify.annotations.NullMarked;
