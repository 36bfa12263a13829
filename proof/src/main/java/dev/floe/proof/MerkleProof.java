package dev.floe.proof;

import java.util.Iterator;
import java.util.List;

/** Checks of what {@link MerkleTree} proves, after RFC 9162, sections 2.1.3.2 and 2.1.4.2. */
public final class MerkleProof {

  private MerkleProof() {}

  /** Whether {@code leaf} is number {@code index} of the {@code size} leaves under {@code root}. */
  public static boolean includes(Hash leaf, long index, long size, List<Hash> path, Hash root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long at = index;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        hash = MerkleTree.node(sibling, hash);
        int up = Long.numberOfTrailingZeros(at);
        at >>>= up;
        last >>>= up;
      } else {
        hash = MerkleTree.node(hash, sibling);
      }
      at >>>= 1;
      last >>>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /** Whether the tree {@code newer} begins with every leaf of {@code older}, in the same order. */
  public static boolean continues(Tree older, Tree newer, List<Hash> path) {
    if (older.size() > newer.size()) {
      return false;
    }
    if (older.size() == newer.size()) {
      return path.isEmpty() && older.root().equals(newer.root());
    }
    if (older.size() == 0) {
      return path.isEmpty() && older.root().equals(MerkleTree.EMPTY_ROOT);
    }
    return continuesBeyond(older, newer, path);
  }

  private static boolean continuesBeyond(Tree older, Tree newer, List<Hash> path) {
    Iterator<Hash> hashes = path.iterator();
    boolean complete = Long.bitCount(older.size()) == 1;
    if (!complete && !hashes.hasNext()) {
      return false;
    }
    int up = Long.numberOfTrailingZeros(older.size());
    long at = (older.size() - 1) >>> up;
    long last = (newer.size() - 1) >>> up;
    Hash first = complete ? older.root() : hashes.next();
    Hash old = first;
    Hash now = first;
    while (hashes.hasNext()) {
      Hash sibling = hashes.next();
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        old = MerkleTree.node(sibling, old);
        now = MerkleTree.node(sibling, now);
        int skipped = Long.numberOfTrailingZeros(at);
        at >>>= skipped;
        last >>>= skipped;
      } else {
        now = MerkleTree.node(now, sibling);
      }
      at >>>= 1;
      last >>>= 1;
    }
    return last == 0 && old.equals(older.root()) && now.equals(newer.root());
  }

  /** What a checkpoint says of a tree. */
  public record Tree(long size, Hash root) {}
}
