package dev.floe.messaging.feed;

/**
 * A command that follows from a fact.
 *
 * @param reaction names what follows; with the fact's id it makes the command's id, so two commands
 *     from one fact need two names, and a name must not change once it has been used
 * @param subject the key: the artifact
 * @param command to the reacting service itself
 */
public record Outgoing<C>(String reaction, String subject, C command) {}
