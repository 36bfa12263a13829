package dev.floe.promotion.adapter.kafka;

import dev.floe.messaging.feed.ManifestFeed;
import dev.floe.promotion.application.ManifestDesk.Revisions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/** Tells when the manifest's feed has reached a revision. */
public final class RevisionFeed implements Revisions {

  private static final long LONGEST_WAIT_S = 5;

  private final ManifestFeed manifests;
  private final ConcurrentNavigableMap<Integer, CompletableFuture<Void>> waiting =
      new ConcurrentSkipListMap<>();

  public RevisionFeed(ManifestFeed manifests) {
    this.manifests = manifests;
    manifests.listen(revision -> release(revision.number()));
  }

  @Override
  public CompletableFuture<Void> awaiting(int revision) {
    CompletableFuture<Void> reached =
        waiting.computeIfAbsent(revision, _ -> new CompletableFuture<>());
    if (manifests.current().map(ManifestFeed.Revision::number).orElse(0) >= revision) {
      release(revision);
    }
    // It is durable already: a feed that lags must not make it look as if it were not.
    return reached.copy().completeOnTimeout(null, LONGEST_WAIT_S, TimeUnit.SECONDS);
  }

  private void release(int revision) {
    var reached = waiting.headMap(revision, true);
    reached.values().forEach(future -> future.complete(null));
    reached.clear();
  }
}
