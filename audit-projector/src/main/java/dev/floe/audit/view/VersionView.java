package dev.floe.audit.view;

import java.time.Instant;
import java.util.List;

/**
 * A version as clients see it: the contract's shape, section 6.
 *
 * @param environments those it reached, in the order of the path
 * @param live those it is the current version of
 * @param failed those where something after its tags said no
 * @param lifecycle active, deprecated or eol
 */
public record VersionView(
    String version,
    String digest,
    List<String> environments,
    Instant createdAt,
    long size,
    String lifecycle,
    List<String> tags,
    List<String> live,
    List<String> failed,
    String mediaType,
    String publishedBy) {}
