package dev.floe.gate.domain;

/** How one gate of a phase ended. */
public record GateOutcome(String gate, GateEnd outcome) {}
