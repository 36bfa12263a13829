package dev.floe.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

  private static final String KEY = "c2Vjb25kIHNlY3JldCBvZiB0aGlydHktdHdvIGJ5dGVz";

  @TempDir private Path folder;

  @Test
  void is_created_for_its_owner_alone_and_stays_the_same() throws IOException {
    Path file = folder.resolve("user.key");
    byte[] first = KeyFile.openOrCreate(file, new SecureRandom());
    assertThat(first).hasSize(32);
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(KeyFile.openOrCreate(file, new SecureRandom())).isEqualTo(first);
    assertThat(KeyFile.read(file)).isEqualTo(first);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void is_created_once_however_many_try() throws Exception {
    Path file = folder.resolve("user.key");
    Callable<String> open =
        () -> HexFormat.of().formatHex(KeyFile.openOrCreate(file, new SecureRandom()));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> opened =
          threads.invokeAll(Stream.generate(() -> open).limit(20).toList());
      assertThat(opened.stream().map(Future::resultNow).distinct()).hasSize(1);
    }
  }

  @Test
  void that_others_can_read_is_refused_with_the_fix() throws IOException {
    Path file = write(KEY, "rw-r-----");
    assertThatExceptionOfType(KeyFile.Unusable.class)
        .isThrownBy(() -> KeyFile.openOrCreate(file, new SecureRandom()))
        .withMessage(
            "key file %s can be used by others (rw-r-----): chmod 600 %s".formatted(file, file));
  }

  @Test
  void that_is_mounted_may_be_read_by_its_group_but_not_by_others() throws IOException {
    assertThat(KeyFile.read(write(KEY, "r--r-----"))).hasSize(33);
    Path open = write(KEY, "r--r--r--");
    assertThatExceptionOfType(KeyFile.Unusable.class)
        .isThrownBy(() -> KeyFile.read(open))
        .withMessageStartingWith("key file %s can be used by others (r--r--r--)".formatted(open));
  }

  @Test
  void may_be_written_by_openssl() throws IOException {
    assertThat(KeyFile.read(write("+/" + "A".repeat(41) + "=\n", "rw-------"))).hasSize(32);
  }

  @Test
  void that_is_missing_short_or_nonsense_is_named() throws IOException {
    Path missing = folder.resolve("missing.key");
    assertThatExceptionOfType(KeyFile.Unusable.class)
        .isThrownBy(() -> KeyFile.read(missing))
        .withMessage(
            "key file %s does not exist: create it with openssl rand -base64 32"
                .formatted(missing));
    Path shortOne = write("c2hvcnQ=", "rw-------");
    assertThatExceptionOfType(KeyFile.Unusable.class)
        .isThrownBy(() -> KeyFile.read(shortOne))
        .withMessage(
            "key file %s holds 5 bytes, it needs 32: create one with openssl rand -base64 32"
                .formatted(shortOne));
    Path nonsense = write("not base64!", "rw-------");
    assertThatExceptionOfType(KeyFile.Unusable.class)
        .isThrownBy(() -> KeyFile.read(nonsense))
        .withMessageNotContaining("not base64!")
        .withMessageStartingWith("key file %s is not base64".formatted(nonsense));
  }

  @Test
  void cannot_be_created_in_a_folder_that_is_not_there() {
    Path file = folder.resolve("no/user.key");
    assertThatExceptionOfType(KeyFile.Unusable.class)
        .isThrownBy(() -> KeyFile.openOrCreate(file, new SecureRandom()))
        .withMessageStartingWith("cannot create key file " + file);
  }

  private Path write(String text, String mode) throws IOException {
    Path file = Files.createTempFile(folder, "some", ".key");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
