package dev.floe.registry.domain;

import java.util.List;

/** What copying to all registries came to; the first registry is the primary, and decides. */
public record CopyVerdict(boolean copied, String trouble, String message) {

  static CopyVerdict of(List<ReplicationResult> results) {
    ReplicationResult primary = results.getFirst();
    return new CopyVerdict(primary.copied(), primary.trouble(), primary.message());
  }
}
