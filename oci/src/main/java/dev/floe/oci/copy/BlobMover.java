package dev.floe.oci.copy;

import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.Repository;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/** Moves single blobs: a bounded number at once to each registry, each of them once at a time. */
final class BlobMover {

  private record Key(String registry, String repository, Digest digest) {}

  private final int parallel;
  private final ConcurrentMap<String, Semaphore> permits = new ConcurrentHashMap<>();
  private final ConcurrentMap<Key, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();

  BlobMover(int parallel) {
    this.parallel = parallel;
  }

  Progress.Way move(Repository source, Repository target, Descriptor blob, Progress progress) {
    Key key = new Key(target.registry().name(), target.name(), blob.digest());
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    while (true) {
      CompletableFuture<Boolean> others = underWay.putIfAbsent(key, mine);
      if (others == null) {
        break;
      }
      await(others);
    }
    try {
      return bring(source, target, blob, progress);
    } finally {
      underWay.remove(key, mine);
      mine.complete(Boolean.TRUE);
    }
  }

  private static void await(CompletableFuture<Boolean> others) {
    try {
      others.get();
    } catch (InterruptedException e) {
      throw Together.interrupted(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private Progress.Way bring(
      Repository source, Repository target, Descriptor blob, Progress progress) {
    if (target.hasBlob(blob)) {
      return Progress.Way.ALREADY_THERE;
    }
    if (blob.isForeign() && !source.hasBlob(blob)) {
      return Progress.Way.LEFT_OUT;
    }
    boolean neighbours = source.registry().name().equals(target.registry().name());
    if (neighbours && target.registry().mount(target.name(), blob, source.name())) {
      return Progress.Way.MOUNTED;
    }
    Semaphore permit =
        permits.computeIfAbsent(target.registry().name(), _ -> new Semaphore(parallel));
    try {
      permit.acquire();
    } catch (InterruptedException e) {
      throw Together.interrupted(e);
    }
    try {
      target.putBlob(
          blob, () -> source.blob(blob).reportingTo(position -> progress.moved(blob, position)));
    } finally {
      permit.release();
    }
    return Progress.Way.SENT;
  }
}
