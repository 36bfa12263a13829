package dev.floe.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.floe.kernel.Requirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The vectors are those of the certificate-transparency project. */
@Requirement("330.7")
class MerkleTreeTest {

  private static final List<Hash> LEAVES =
      Stream.of(
              "",
              "00",
              "10",
              "2021",
              "3031",
              "40414243",
              "5051525354555657",
              "606162636465666768696a6b6c6d6e6f")
          .map(hex -> MerkleTree.leaf(HexFormat.of().parseHex(hex)))
          .toList();

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static final MerkleTree.Nodes NODES = MerkleTree.Nodes.over(LEAVES);

  @Test
  void has_the_known_roots() {
    List<String> roots =
        IntStream.rangeClosed(0, 8)
            .mapToObj(size -> MerkleTree.root(LEAVES.subList(0, size)).hex())
            .toList();
    assertThat(roots).isEqualTo(ROOTS);
  }

  @Test
  void gives_the_known_inclusion_proofs() {
    assertThat(MerkleTree.inclusionProof(0, 1, NODES)).isEmpty();
    assertThat(MerkleTree.inclusionProof(0, 8, NODES))
        .isEqualTo(
            hashes(
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"));
    assertThat(MerkleTree.inclusionProof(5, 8, NODES))
        .isEqualTo(
            hashes(
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
    assertThat(MerkleTree.inclusionProof(2, 3, NODES)).isEqualTo(hashes(ROOTS.get(2)));
    assertThat(MerkleTree.inclusionProof(1, 5, NODES))
        .isEqualTo(
            hashes(
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"));
  }

  @Test
  void gives_the_known_consistency_proofs() {
    assertThat(MerkleTree.consistencyProof(1, 1, NODES)).isEmpty();
    assertThat(MerkleTree.consistencyProof(1, 8, NODES))
        .isEqualTo(
            hashes(
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"));
    assertThat(MerkleTree.consistencyProof(6, 8, NODES))
        .isEqualTo(
            hashes(
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"));
    assertThat(MerkleTree.consistencyProof(2, 5, NODES))
        .isEqualTo(
            hashes(
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"));
  }

  @Test
  void has_no_proof_for_what_is_not_in_it() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MerkleTree.inclusionProof(3, 3, NODES))
        .withMessage("a tree of 3 leaves has no leaf 3");
    assertThatIllegalArgumentException().isThrownBy(() -> MerkleTree.inclusionProof(-1, 3, NODES));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MerkleTree.consistencyProof(4, 3, NODES))
        .withMessage("a tree of 3 leaves does not continue one of 4");
  }

  @Test
  void that_grows_leaf_by_leaf_has_the_same_roots() {
    var tree = GrowingTree.empty();
    List<String> roots = new ArrayList<>(List.of(tree.root().hex()));
    for (Hash leaf : LEAVES) {
      tree.append(leaf);
      roots.add(tree.root().hex());
    }
    assertThat(roots).isEqualTo(ROOTS);
  }

  @Test
  void that_was_stored_grows_on_as_if_it_had_not_been() {
    for (int size = 0; size <= 8; size++) {
      var before = GrowingTree.empty();
      LEAVES.subList(0, size).forEach(before::append);
      var fromPeaks = GrowingTree.restore(before.size(), before.peaks());
      var fromNodes = GrowingTree.restore(size, NODES);
      LEAVES.subList(size, 8).forEach(fromPeaks::append);
      LEAVES.subList(size, 8).forEach(fromNodes::append);
      assertThat(fromPeaks.root().hex()).isEqualTo(ROOTS.get(8));
      assertThat(fromNodes.root().hex()).isEqualTo(ROOTS.get(8));
      assertThat(fromNodes.size()).isEqualTo(8);
    }
  }

  @Test
  void is_not_restored_from_the_peaks_of_another() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GrowingTree.restore(3, LEAVES.subList(0, 1)))
        .withMessage("a tree of 3 leaves has 2 peaks, not 1");
  }

  @Test
  void hands_out_each_complete_subtree_once_and_proofs_need_nothing_else() {
    record At(int level, long index) {}
    Map<At, Hash> stored = new HashMap<>();
    var tree = GrowingTree.empty();
    for (Hash leaf : LEAVES.subList(0, 7)) {
      tree.append(
          leaf,
          (level, index, hash) ->
              assertThat(stored.put(new At(level, index), hash)).as("seen before").isNull());
    }
    MerkleTree.Nodes nodes =
        (level, index) -> stored.getOrDefault(new At(level, index), Hash.sha256());
    assertThat(stored).hasSize(7 + 3 + 1);
    assertThat(MerkleTree.root(7, nodes).hex()).isEqualTo(ROOTS.get(7));
    assertThat(MerkleTree.inclusionProof(4, 7, nodes))
        .isEqualTo(MerkleTree.inclusionProof(4, 7, NODES));
    assertThat(MerkleTree.consistencyProof(3, 7, nodes))
        .isEqualTo(MerkleTree.consistencyProof(3, 7, NODES));
  }

  private static List<Hash> hashes(String... hex) {
    return Stream.of(hex).map(Hash::ofHex).toList();
  }
}
