/** Looks into the first environment of an artifact. */
@NullMarked
package dev.floe.promotion.adapter.registry;

import org.jspecify.annotations.NullMarked;
