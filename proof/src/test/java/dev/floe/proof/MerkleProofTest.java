package dev.floe.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@Requirement("330.7")
class MerkleProofTest {

  private static final int MOST = 40;
  private static final long SEED = 6962;

  private static final List<Hash> LEAVES =
      IntStream.range(0, 1000)
          .mapToObj(i -> MerkleTree.leaf(ByteBuffer.allocate(4).putInt(i).array()))
          .toList();
  private static final MerkleTree.Nodes NODES = MerkleTree.Nodes.over(LEAVES);

  @Test
  void holds_for_every_leaf_of_every_small_tree_and_at_no_other_place() {
    for (int size = 1; size <= MOST; size++) {
      Hash root = MerkleTree.root(size, NODES);
      for (int index = 0; index < size; index++) {
        List<Hash> path = MerkleTree.inclusionProof(index, size, NODES);
        for (int place = 0; place < size; place++) {
          assertThat(MerkleProof.includes(LEAVES.get(index), place, size, path, root))
              .as("leaf %d of %d at %d", index, size, place)
              .isEqualTo(place == index);
        }
      }
    }
  }

  @Test
  void holds_for_every_two_small_trees() {
    for (int size = 0; size <= MOST; size++) {
      for (int old = 0; old <= size; old++) {
        assertThat(
                MerkleProof.continues(
                    tree(old), tree(size), MerkleTree.consistencyProof(old, size, NODES)))
            .as("%d to %d", old, size)
            .isTrue();
      }
    }
  }

  @Test
  void of_inclusion_fails_once_anything_is_changed() {
    var random = new Random(SEED);
    for (int round = 0; round < 300; round++) {
      int size = 2 + random.nextInt(LEAVES.size() - 2);
      int index = random.nextInt(size);
      Hash leaf = LEAVES.get(index);
      Hash root = MerkleTree.root(size, NODES);
      List<Hash> path = MerkleTree.inclusionProof(index, size, NODES);
      assertThat(MerkleProof.includes(leaf, index, size, path, root)).isTrue();

      Hash other = Hash.sha256(leaf.bytes());
      assertThat(MerkleProof.includes(other, index, size, path, root)).isFalse();
      assertThat(MerkleProof.includes(leaf, index, size, path, other)).isFalse();
      for (List<Hash> damaged : damagedCopies(path, random)) {
        assertThat(MerkleProof.includes(leaf, index, size, damaged, root)).isFalse();
      }
    }
  }

  @Test
  void of_consistency_fails_once_anything_is_changed() {
    var random = new Random(SEED);
    for (int round = 0; round < 300; round++) {
      int size = 2 + random.nextInt(LEAVES.size() - 2);
      int old = 1 + random.nextInt(size - 1);
      List<Hash> path = MerkleTree.consistencyProof(old, size, NODES);
      assertThat(MerkleProof.continues(tree(old), tree(size), path)).isTrue();

      var changed = new MerkleProof.Tree(old, Hash.sha256(tree(old).root().bytes()));
      assertThat(MerkleProof.continues(changed, tree(size), path)).isFalse();
      var rewritten = new MerkleProof.Tree(size, Hash.sha256(tree(size).root().bytes()));
      assertThat(MerkleProof.continues(tree(old), rewritten, path)).isFalse();
      for (List<Hash> damaged : damagedCopies(path, random)) {
        assertThat(MerkleProof.continues(tree(old), tree(size), damaged)).isFalse();
      }
    }
  }

  @Test
  void says_no_to_sizes_that_cannot_be() {
    Hash leaf = LEAVES.getFirst();
    assertThat(MerkleProof.includes(leaf, 0, 0, List.of(), leaf)).isFalse();
    assertThat(MerkleProof.includes(leaf, -1, 1, List.of(), leaf)).isFalse();
    assertThat(MerkleProof.includes(leaf, 1, 1, List.of(), leaf)).isFalse();
    assertThat(MerkleProof.continues(tree(2), tree(1), List.of())).isFalse();
    assertThat(MerkleProof.continues(tree(3), tree(8), List.of())).isFalse();
  }

  @Test
  void says_no_when_an_empty_tree_claims_a_root_or_a_tree_of_the_same_size_another() {
    var pretended = new MerkleProof.Tree(0, LEAVES.getFirst());
    assertThat(MerkleProof.continues(pretended, tree(3), List.of())).isFalse();
    var other = new MerkleProof.Tree(3, LEAVES.getFirst());
    assertThat(MerkleProof.continues(other, tree(3), List.of())).isFalse();
  }

  private static MerkleProof.Tree tree(int size) {
    return new MerkleProof.Tree(size, MerkleTree.root(size, NODES));
  }

  private static List<List<Hash>> damagedCopies(List<Hash> path, Random random) {
    int at = random.nextInt(path.size());
    List<Hash> flipped = new ArrayList<>(path);
    flipped.set(at, Hash.sha256(path.get(at).bytes()));
    List<Hash> shorter = new ArrayList<>(path);
    shorter.remove(at);
    List<Hash> longer = new ArrayList<>(path);
    longer.add(at, path.get(at));
    List<Hash> appended = new ArrayList<>(path);
    appended.add(LEAVES.get(at));
    List<List<Hash>> damaged = new ArrayList<>(List.of(flipped, shorter, longer, appended));
    List<Hash> reversed = new ArrayList<>(path);
    Collections.reverse(reversed);
    if (!reversed.equals(path)) {
      damaged.add(reversed);
    }
    return damaged;
  }
}
