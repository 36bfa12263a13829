/** The configured rules as an input of decisions, and the plan that follows from them. */
@NullMarked
package dev.floe.promotion.domain.rule;

import org.jspecify.annotations.NullMarked;
