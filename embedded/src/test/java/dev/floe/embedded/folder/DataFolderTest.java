package dev.floe.embedded.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
