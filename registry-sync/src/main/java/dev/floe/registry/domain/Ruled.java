package dev.floe.registry.domain;

/** A command with the rules that hold while it is decided. */
public record Ruled(RegistryRules rules, RegistryCommand command) {}
