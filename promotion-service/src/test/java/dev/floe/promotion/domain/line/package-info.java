/** Tests: The state of release lines. */
@NullMarked
package dev.floe.promotion.domain.line;

import org.jspecify.annotations.NullMarked;
