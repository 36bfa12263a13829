package dev.floe.proof;

import java.util.ArrayList;
import java.util.List;

/** The tree of RFC 6962, section 2.1: hashes, roots and proofs over leaves in their order. */
public final class MerkleTree {

  /** The root of a tree without leaves. */
  public static final Hash EMPTY_ROOT = Hash.sha256();

  // The prefixes keep a leaf from being passed off as a node, and the reverse.
  private static final byte[] LEAF = {0};
  private static final byte NODE = 1;

  private MerkleTree() {}

  /**
   * Hashes of complete subtrees: {@code at(level, index)} covers the leaves from {@code index <<
   * level} up to {@code (index + 1) << level}, exclusive; level 0 are the leaves themselves.
   */
  @FunctionalInterface
  public interface Nodes {
    Hash at(int level, long index);

    /** Computed from the leaves each time: for trees that fit into memory. */
    static Nodes over(List<Hash> leaves) {
      return new Nodes() {
        @Override
        public Hash at(int level, long index) {
          return level == 0
              ? leaves.get(Math.toIntExact(index))
              : node(at(level - 1, 2 * index), at(level - 1, 2 * index + 1));
        }
      };
    }
  }

  /** The leaf that stands for {@code entry}. */
  public static Hash leaf(byte[] entry) {
    return Hash.sha256(LEAF, entry);
  }

  /** The parent of two neighbours. */
  public static Hash node(Hash left, Hash right) {
    return Hash.prefixed(NODE, left, right);
  }

  /** The root over {@code leaves}. */
  public static Hash root(List<Hash> leaves) {
    return root(leaves.size(), Nodes.over(leaves));
  }

  /** The root of the tree's first {@code size} leaves. */
  public static Hash root(long size, Nodes nodes) {
    return size == 0 ? EMPTY_ROOT : range(0, size, nodes);
  }

  /** The siblings from leaf {@code index} up to the root of the first {@code size} leaves. */
  public static List<Hash> inclusionProof(long index, long size, Nodes nodes) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException(
          "a tree of %d leaves has no leaf %d".formatted(size, index));
    }
    List<Hash> path = new ArrayList<>();
    long from = 0;
    long to = size;
    while (to - from > 1) {
      long middle = from + split(to - from);
      if (index < middle) {
        path.addFirst(range(middle, to, nodes));
        to = middle;
      } else {
        path.addFirst(range(from, middle, nodes));
        from = middle;
      }
    }
    return List.copyOf(path);
  }

  /** What shows that the tree of {@code size} leaves continues the one of its first {@code old}. */
  public static List<Hash> consistencyProof(long old, long size, Nodes nodes) {
    if (old < 0 || old > size) {
      throw new IllegalArgumentException(
          "a tree of %d leaves does not continue one of %d".formatted(size, old));
    }
    if (old == 0 || old == size) {
      return List.of();
    }
    List<Hash> path = new ArrayList<>();
    long from = 0;
    long to = size;
    while (to != old) {
      long middle = from + split(to - from);
      if (old <= middle) {
        path.addFirst(range(middle, to, nodes));
        to = middle;
      } else {
        path.addFirst(range(from, middle, nodes));
        from = middle;
      }
    }
    if (from != 0) {
      // The old tree is no complete subtree of the new one: its last part has to be named.
      path.addFirst(range(from, to, nodes));
    }
    return List.copyOf(path);
  }

  /** The root over the leaves {@code from} to {@code to}, where RFC 6962 splits allow it. */
  private static Hash range(long from, long to, Nodes nodes) {
    long width = to - from;
    if (Long.bitCount(width) == 1) {
      int level = Long.numberOfTrailingZeros(width);
      return nodes.at(level, from >>> level);
    }
    long middle = from + split(width);
    return node(range(from, middle, nodes), range(middle, to, nodes));
  }

  /** The largest power of two below {@code width}. */
  private static long split(long width) {
    return Long.highestOneBit(width - 1);
  }
}
