package dev.floe.kernel;

/**
 * Something that does not work at the moment and that somebody has to know of.
 *
 * @param what one sentence: what is wrong, and why as far as it is known
 * @param where the place, such as {@code floe.gate.events-0@17} or an artifact; empty where the
 *     part itself is the place
 * @param fix what to do, a command where there is one
 */
public record Trouble(String what, String where, String fix) {}
