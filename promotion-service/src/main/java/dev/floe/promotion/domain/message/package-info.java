/**
 * What is asked of release lines and what happens to them, in the words of {@code docs/events.md}.
 */
@NullMarked
package dev.floe.promotion.domain.message;

import org.jspecify.annotations.NullMarked;
