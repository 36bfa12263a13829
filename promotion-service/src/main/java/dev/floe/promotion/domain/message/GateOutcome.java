package dev.floe.promotion.domain.message;

/** How one gate of a phase ended. */
public record GateOutcome(String gate, GateEnd outcome) {}
