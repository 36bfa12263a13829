/** The rules of promotions: pure functions from history, rules and question to what happens. */
@NullMarked
package dev.floe.promotion.domain;

import org.jspecify.annotations.NullMarked;
