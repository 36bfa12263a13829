package dev.floe.oci.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.floe.manifest.Digest;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.testing.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutRegistryTest {

  @TempDir Path folder;
  private Repository repository;

  @BeforeEach
  void open() {
    repository = new LayoutRegistry(folder).repository("app");
  }

  private static RegistryTrouble troubleOf(Runnable work) {
    try {
      work.run();
    } catch (RegistryException e) {
      return e.trouble();
    }
    throw new AssertionError("nothing failed");
  }

  @Test
  void keeps_every_tag_that_is_set_at_the_same_time() {
    RawManifest manifest = Samples.put(repository, Samples.image(repository, "app", false));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 40)
          .forEach(
              i ->
                  threads.execute(
                      // Each with an object of its own, as another part of the program would.
                      () -> new LayoutRegistry(folder).repository("app").tag("t" + i, manifest)));
    }

    assertThat(repository.tags()).hasSize(40);
  }

  @Test
  void is_empty_before_anything_is_stored() {
    assertThat(repository.tags()).isEmpty();
    assertThat(repository.head("v1")).isEmpty();
    assertThat(troubleOf(() -> repository.manifest("v1"))).isEqualTo(RegistryTrouble.NOT_FOUND);
    Descriptor blob = new Descriptor("x/y", Digest.sha256("none"), 4);
    assertThat(troubleOf(() -> repository.blob(blob))).isEqualTo(RegistryTrouble.NOT_FOUND);
  }

  @Test
  void moves_and_deletes_a_tag_and_keeps_what_it_stood_at() {
    RawManifest one = Samples.put(repository, Samples.image(repository, "one", false));
    RawManifest two = Samples.put(repository, Samples.image(repository, "two", false));
    repository.tag("latest", one);
    repository.tag("latest", two);

    assertThat(repository.manifest("latest")).isEqualTo(two);
    assertThat(repository.tags()).containsExactly("latest");
    assertThat(repository.registry().deleteTag("app", "latest")).isTrue();
    assertThat(repository.registry().deleteTag("app", "latest")).isFalse();
    assertThat(repository.tags()).isEmpty();
    assertThat(repository.manifest(two.digest())).isEqualTo(two);
  }

  @Test
  void notices_files_that_were_changed() throws IOException {
    RawManifest manifest = Samples.put(repository, Samples.image(repository, "app", false));
    Path file = folder.resolve("app/blobs/sha256").resolve(manifest.digest().hex());
    Files.write(file, Samples.text("{}"));

    assertThat(troubleOf(() -> repository.manifest(manifest.digest())))
        .isEqualTo(RegistryTrouble.DIGEST_MISMATCH);
  }

  @Test
  void never_shows_half_a_blob() throws IOException {
    byte[] wrong = Samples.noise("wrong", 10_000);
    Descriptor blob = new Descriptor("x/y", Digest.sha256("promised"), wrong.length);

    assertThatThrownBy(() -> repository.putBlob(blob, BlobSource.of(wrong)))
        .asInstanceOf(type(RegistryException.class))
        .returns(RegistryTrouble.DIGEST_MISMATCH, RegistryException::trouble);
    try (var files = Files.list(folder.resolve("app/blobs/sha256"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void does_not_leave_its_folder() {
    assertThatThrownBy(() -> repository.registry().tags("../elsewhere"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void is_read_and_written_by_other_tools_too() throws IOException, InterruptedException {
    Path skopeo = Path.of("/usr/bin/skopeo");
    assumeTrue(Files.isExecutable(skopeo), "skopeo is not installed");
    RawManifest index = Samples.put(repository, Samples.index(repository, "app", false));
    repository.tag("v1", index);
    String from = "oci:" + folder.resolve("app") + ":v1";
    String to = "oci:" + folder.resolve("copy") + ":v2";

    Process process =
        new ProcessBuilder(skopeo.toString(), "copy", "--all", "--preserve-digests", from, to)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    Repository copy = new LayoutRegistry(folder).repository("copy");
    assertThat(copy.tags()).isEqualTo(List.of("v2"));
    assertThat(copy.manifest("v2")).isEqualTo(index);
  }
}
