package dev.floe.promotion.adapter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.manifest.Digest;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFilesTest {

  @TempDir private Path folder;

  @Test
  void keep_the_text_under_its_own_hash_for_the_owner_alone() throws Exception {
    Path manifests = folder.resolve("manifests");
    var files = new ManifestFiles(manifests);

    files.keep("artifact: a");
    files.keep("artifact: a");
    files.keep("artifact: b");

    Path kept = manifests.resolve(Digest.sha256("artifact: a").hex() + ".yaml");
    assertThat(kept).content().isEqualTo("artifact: a");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(manifests)))
        .isEqualTo("rwx------");
    try (var list = Files.list(manifests)) {
      assertThat(list).hasSize(2);
    }
  }

  @Test
  void say_where_they_could_not_be_kept() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> new ManifestFiles(file).keep("x"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
  }
}
