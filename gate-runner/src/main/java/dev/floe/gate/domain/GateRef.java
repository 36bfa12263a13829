package dev.floe.gate.domain;

/** A gate by name, with the SHA-256 of its definition in hex: the command itself never travels. */
public record GateRef(String name, String definition) {}
