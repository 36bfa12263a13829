package dev.floe.promotion.domain.message;

/**
 * How many of a team have to approve.
 *
 * @param team empty means any person who may approve for the environment
 */
public record TeamQuorum(String team, int required) {}
