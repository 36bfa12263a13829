/** The state of a release line, folded from its events. */
@NullMarked
package dev.floe.promotion.domain.line;

import org.jspecify.annotations.NullMarked;
