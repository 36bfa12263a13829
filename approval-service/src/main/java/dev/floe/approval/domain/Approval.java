package dev.floe.approval.domain;

import java.time.Instant;

/** One approval that was given, and the team it counts for. */
public record Approval(String team, String by, Instant at, String via) {}
