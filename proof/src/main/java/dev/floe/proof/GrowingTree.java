package dev.floe.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree that only grows: it keeps one hash per complete subtree, at most 63, whatever its size.
 *
 * <p>Not safe for use by several threads.
 */
public final class GrowingTree {

  private final List<Hash> peaks;
  private long size;

  private GrowingTree(long size, List<Hash> peaks) {
    if (size < 0 || Long.bitCount(size) != peaks.size()) {
      throw new IllegalArgumentException(
          "a tree of %d leaves has %d peaks, not %d"
              .formatted(size, Long.bitCount(size), peaks.size()));
    }
    this.size = size;
    this.peaks = new ArrayList<>(peaks);
  }

  /** Takes the complete subtrees as they come to be, the leaf first. */
  @FunctionalInterface
  public interface Sink {
    void complete(int level, long index, Hash hash);
  }

  /** A tree without leaves. */
  public static GrowingTree empty() {
    return new GrowingTree(0, List.of());
  }

  /** The tree that {@link #size} and {@link #peaks} were taken from. */
  public static GrowingTree restore(long size, List<Hash> peaks) {
    return new GrowingTree(size, peaks);
  }

  /** The same tree, restored from stored subtrees, such as those that a {@link Sink} was given. */
  public static GrowingTree restore(long size, MerkleTree.Nodes nodes) {
    List<Hash> peaks = new ArrayList<>();
    long from = 0;
    for (long rest = size; rest > 0; rest -= Long.highestOneBit(rest)) {
      long width = Long.highestOneBit(rest);
      int level = Long.numberOfTrailingZeros(width);
      peaks.add(nodes.at(level, from >>> level));
      from += width;
    }
    return new GrowingTree(size, peaks);
  }

  public void append(Hash leaf) {
    append(leaf, (_, _, _) -> {});
  }

  /** Appends {@code leaf}; {@code sink} gets it and every subtree that it completes. */
  public void append(Hash leaf, Sink sink) {
    Hash hash = leaf;
    int level = 0;
    long index = size;
    sink.complete(level, index, hash);
    // One carry per trailing one of the size, as in counting.
    for (; (index & 1) == 1; index >>>= 1) {
      hash = MerkleTree.node(peaks.removeLast(), hash);
      level++;
      sink.complete(level, index >>> 1, hash);
    }
    peaks.add(hash);
    size++;
  }

  public long size() {
    return size;
  }

  /** The roots of the complete subtrees, the largest first. */
  public List<Hash> peaks() {
    return List.copyOf(peaks);
  }

  public Hash root() {
    if (peaks.isEmpty()) {
      return MerkleTree.EMPTY_ROOT;
    }
    Hash root = peaks.getLast();
    for (int i = peaks.size() - 2; i >= 0; i--) {
      root = MerkleTree.node(peaks.get(i), root);
    }
    return root;
  }
}
