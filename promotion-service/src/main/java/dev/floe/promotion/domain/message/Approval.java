package dev.floe.promotion.domain.message;

import java.time.Instant;

/**
 * One approval that was given.
 *
 * @param team the team that the decision counts for
 * @param via the door it came through: cli, http, email, slack or machine
 */
public record Approval(String team, String by, Instant at, String via) {}
