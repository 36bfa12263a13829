package dev.floe.embedded.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder keeps for its part: the lock, secrets, ports. */
class DataFolderTest {
  @TempDir Path parent;

  @Test
  void a_folder_is_one_parts_alone_until_it_is_closed() {
    Path path = parent.resolve("part");
    DataFolder.lock(path, "First").close();
    try (DataFolder folder = DataFolder.lock(path, "Second")) {
      assertThatThrownBy(() -> DataFolder.lock(folder.path(), "Third"))
          .isInstanceOf(CannotStartException.class)
          .hasMessageStartingWith("Third folder " + path)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void a_secret_is_random_kept_and_private() throws Exception {
    try (DataFolder one = DataFolder.lock(parent.resolve("one"), "One");
        DataFolder two = DataFolder.lock(parent.resolve("two"), "Two")) {
      assertThat(one.secret("key")).hasSizeGreaterThan(40).isEqualTo(one.secret("key"));
      assertThat(one.secret("key")).isNotEqualTo(two.secret("key"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one.resolve("key"))))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void a_folder_that_was_open_to_others_is_closed_to_them() throws Exception {
    Path open = Files.createDirectory(parent.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    DataFolder.lock(open, "Part").close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
        .isIn("rwx------", "rwx--x--x");
  }

  @Test
  void a_secret_that_others_can_read_or_that_is_anothers_is_refused() throws Exception {
    try (DataFolder folder = DataFolder.lock(parent.resolve("part"), "Part")) {
      var _ = folder.secret("key");
      Path key = folder.resolve("key");
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
      assertThatThrownBy(() -> folder.secret("key"))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining(key.toString())
          .hasMessageContaining("chmod 600");
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
      assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
      Files.setAttribute(key, "unix:uid", 65_534);
      assertThatThrownBy(() -> folder.secret("key"))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("chown");
    }
  }

  @Test
  void who_holds_a_folder_is_told_by_its_lock_and_the_time_of_its_start() throws Exception {
    Path path = parent.resolve("part");
    assertThat(DataFolder.holder(path)).isEmpty();
    try (DataFolder folder = DataFolder.lock(path, "Part")) {
      assertThat(DataFolder.holder(path)).contains(ProcessHandle.current());
      Files.writeString(
          folder.resolve("lock"), ProcessHandle.current().pid() + " 2020-01-01T00:00:00Z");
      assertThat(DataFolder.holder(path)).isEmpty();
    }
  }

  @Test
  void a_port_is_remembered_and_another_taken_when_somebody_has_it() throws Exception {
    try (DataFolder folder = DataFolder.lock(parent.resolve("part"), "Part")) {
      int port = folder.port("door", 0);
      assertThat(folder.port("door", 0)).isEqualTo(port);
      try (ServerSocket held = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        int other = folder.port("door", 0);
        assertThat(other).isNotEqualTo(held.getLocalPort());
        assertThat(folder.port("door", 0)).isEqualTo(other);
      }
    }
  }

  @Test
  void the_holder_of_a_port_is_named_by_process_and_command() throws Exception {
    try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(LoopbackPort.holder(held.getLocalPort()))
          .contains(Long.toString(ProcessHandle.current().pid()))
          .contains("java");
    }
  }
}
