package dev.floe.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.embedded.folder.CannotStartException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start, stop and start again of one broker on one folder. */
class KafkaBrokerTest {
  @TempDir Path folder;

  @Test
  void a_restart_keeps_the_records_the_ports_and_the_password() throws Exception {
    String bootstrap;
    try (KafkaBroker broker = KafkaBroker.start(KafkaBroker.Settings.in(folder))) {
      bootstrap = broker.publicBootstrap();
      Clients.create(broker, "floe.promotion.events");
      Clients.sendInTransaction(
          broker.servicesConfig(), "floe.promotion.events", List.of("one", "two"));
    }
    try (KafkaBroker broker = KafkaBroker.start(KafkaBroker.Settings.in(folder))) {
      assertThat(broker.publicBootstrap()).isEqualTo(bootstrap);
      assertThat(Clients.readAll(broker.servicesConfig(), "floe.promotion.events"))
          .containsExactly("one", "two");
    }
  }

  @Test
  void a_second_start_on_the_folder_says_which_process_has_it() {
    try (KafkaBroker broker = KafkaBroker.start(KafkaBroker.Settings.in(folder))) {
      assertThatThrownBy(() -> KafkaBroker.start(KafkaBroker.Settings.in(broker.folder())))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void a_configured_port_in_use_is_refused_with_the_name_of_its_holder() throws Exception {
    try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = held.getLocalPort();
      var settings = KafkaBroker.Settings.in(folder).withPublicPort(port);
      assertThatThrownBy(() -> KafkaBroker.start(settings))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("port " + port)
          .hasMessageContaining("this process (" + ProcessHandle.current().pid());
    }
  }

  @Test
  void the_password_is_readable_by_its_owner_alone_and_not_made_anew_over_existing_data()
      throws Exception {
    Path password = folder.resolve("services.password");
    KafkaBroker.start(KafkaBroker.Settings.in(folder)).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
        .isEqualTo("rw-------");

    Files.delete(password);
    assertThatThrownBy(() -> KafkaBroker.start(KafkaBroker.Settings.in(folder)))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("services.password");
  }

  @Test
  void a_temporary_broker_leaves_nothing_behind() {
    Path where;
    try (KafkaBroker broker = KafkaBroker.inTemporaryFolder()) {
      where = broker.folder();
      assertThat(where).isDirectory();
    }
    assertThat(where).doesNotExist();
  }
}
