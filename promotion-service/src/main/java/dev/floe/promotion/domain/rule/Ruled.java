package dev.floe.promotion.domain.rule;

import org.jspecify.annotations.Nullable;

/**
 * A command with the rules in force: they change while a line's history does not, so they are an
 * input like the time.
 *
 * @param rules null before the first manifest was applied
 */
public record Ruled<C>(@Nullable Rules rules, C command) {}
