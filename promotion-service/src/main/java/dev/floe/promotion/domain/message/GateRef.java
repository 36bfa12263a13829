package dev.floe.promotion.domain.message;

/**
 * A gate by name, with the hash of its definition: the command itself never travels.
 *
 * @param definition {@code sha256:…}; a runner that has another definition refuses to run it
 */
public record GateRef(String name, String definition) {}
