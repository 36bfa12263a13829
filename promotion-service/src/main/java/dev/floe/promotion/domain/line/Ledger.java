package dev.floe.promotion.domain.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map that never changes: adding gives a new one that shares all but a path with the old,
 * so that a release line with a long past costs no more per decision than a young one.
 *
 * <p>A treap whose priorities are hashes of the keys, so equal contents have equal shapes.
 */
public final class Ledger<K extends Comparable<K>, V> {

  private record Node<K, V>(
      K key, V value, int priority, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {

    Node<K, V> withValue(V other) {
      return new Node<>(key, other, priority, left, right);
    }

    Node<K, V> withLeft(@Nullable Node<K, V> other) {
      return new Node<>(key, value, priority, other, right);
    }

    Node<K, V> withRight(@Nullable Node<K, V> other) {
      return new Node<>(key, value, priority, left, other);
    }
  }

  private final @Nullable Node<K, V> root;

  private Ledger(@Nullable Node<K, V> root) {
    this.root = root;
  }

  public static <K extends Comparable<K>, V> Ledger<K, V> empty() {
    return new Ledger<>(null);
  }

  public Optional<V> get(K key) {
    Node<K, V> node = root;
    while (node != null) {
      int order = key.compareTo(node.key());
      if (order == 0) {
        return Optional.of(node.value());
      }
      node = order < 0 ? node.left() : node.right();
    }
    return Optional.empty();
  }

  public boolean contains(K key) {
    return get(key).isPresent();
  }

  public Ledger<K, V> with(K key, V value) {
    return new Ledger<>(with(root, key, value));
  }

  public Ledger<K, V> without(K key) {
    return new Ledger<>(without(root, key));
  }

  /** All values, in the order of their keys. */
  public List<V> values() {
    List<V> values = new ArrayList<>();
    collect(root, values);
    return values;
  }

  private static <K extends Comparable<K>, V> Node<K, V> with(
      @Nullable Node<K, V> node, K key, V value) {
    if (node == null) {
      return new Node<>(key, value, priority(key), null, null);
    }
    int order = key.compareTo(node.key());
    if (order == 0) {
      return node.withValue(value);
    }
    if (order < 0) {
      Node<K, V> left = with(node.left(), key, value);
      return left.priority() > node.priority()
          ? left.withRight(node.withLeft(left.right()))
          : node.withLeft(left);
    }
    Node<K, V> right = with(node.right(), key, value);
    return right.priority() > node.priority()
        ? right.withLeft(node.withRight(right.left()))
        : node.withRight(right);
  }

  private static <K extends Comparable<K>, V> @Nullable Node<K, V> without(
      @Nullable Node<K, V> node, K key) {
    if (node == null) {
      return null;
    }
    int order = key.compareTo(node.key());
    if (order == 0) {
      return merge(node.left(), node.right());
    }
    return order < 0
        ? node.withLeft(without(node.left(), key))
        : node.withRight(without(node.right(), key));
  }

  private static <K, V> @Nullable Node<K, V> merge(
      @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    return left.priority() >= right.priority()
        ? left.withRight(merge(left.right(), right))
        : right.withLeft(merge(left, right.left()));
  }

  private static <K, V> void collect(@Nullable Node<K, V> node, List<V> into) {
    if (node != null) {
      collect(node.left(), into);
      into.add(node.value());
      collect(node.right(), into);
    }
  }

  /** Spreads the key's hash, which for ids and versions is far from random. */
  private static int priority(Object key) {
    int mixed = key.hashCode() * 0x9E3779B9;
    mixed = (mixed ^ (mixed >>> 16)) * 0x85EBCA6B;
    return mixed ^ (mixed >>> 13);
  }
}
