/** The first environment. */
@NullMarked
package dev.floe.promotion.adapter.registry;

import org.jspecify.annotations.NullMarked;
