package dev.floe.registry.application;

/**
 * How far a promotion's copy to one registry has come.
 *
 * @param registry its URL
 * @param role its name in the environment: primary, secondary or tertiary
 * @param bytes of blobs that are there: sent, mounted, or there before
 * @param total of bytes that are to be there, as far as known; 0 before anything is
 * @param blobs that are there
 * @param finished whether nothing more happens, be it done or failed
 */
public record CopyProgress(
    String promotion,
    String registry,
    String role,
    long bytes,
    long total,
    long blobs,
    boolean finished) {}
