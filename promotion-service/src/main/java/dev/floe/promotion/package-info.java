/** Decides about promotions: which version enters which environment, and when. */
@NullMarked
package dev.floe.promotion;

import org.jspecify.annotations.NullMarked;
