package dev.floe.gate.domain;

/** A command with the machine it is decided for. */
public record Hosted(Host host, GateCommand command) {}
