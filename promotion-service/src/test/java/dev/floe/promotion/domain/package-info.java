/** The rules of promotions, told as given, when, then. */
@NullMarked
package dev.floe.promotion.domain;

import org.jspecify.annotations.NullMarked;
