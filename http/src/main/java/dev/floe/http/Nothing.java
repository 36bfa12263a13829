package dev.floe.http;

/** The body of a request that says all with its path: an object without members, or none. */
public record Nothing() {}
