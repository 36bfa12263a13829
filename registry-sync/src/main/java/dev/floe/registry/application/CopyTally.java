package dev.floe.registry.application;

import dev.floe.manifest.Digest;
import dev.floe.registry.domain.RegistryTarget;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what arrives in one registry. Told of every buffer by several threads, so it only adds;
 * whoever wants to know adds up.
 */
public final class CopyTally {

  private final RegistryTarget target;
  private final LongAdder bytes = new LongAdder();
  private final LongAdder total = new LongAdder();
  private final LongAdder blobs = new LongAdder();
  private final ConcurrentMap<Digest, AtomicLong> underWay = new ConcurrentHashMap<>();
  private volatile boolean finished;

  CopyTally(RegistryTarget target) {
    this.target = target;
  }

  /** So many bytes more are to be there. */
  public void planned(long more) {
    total.add(more);
  }

  /** A blob's transfer stands here; it falls back when it starts again. */
  public void moved(Digest blob, long position) {
    AtomicLong at = underWay.get(blob);
    if (at == null) {
      at = underWay.computeIfAbsent(blob, _ -> new AtomicLong());
    }
    bytes.add(position - at.getAndSet(position));
  }

  /** A blob is there, however it came. */
  public void arrived(Digest blob, long size) {
    AtomicLong at = underWay.remove(blob);
    bytes.add(at == null ? size : size - at.get());
    blobs.increment();
  }

  public void finish() {
    finished = true;
  }

  CopyProgress now(String promotion) {
    // In this order: what is planned is counted before it moves, what moved before the end.
    boolean over = finished;
    long there = bytes.sum();
    return new CopyProgress(
        promotion, target.url(), target.name(), there, total.sum(), blobs.sum(), over);
  }
}
