package dev.floe.oci.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {

  private static boolean mayLead(String registry, String other) {
    return mayLead(registry, other, Set.of());
  }

  private static boolean mayLead(String registry, String other, Set<String> trusted) {
    return Reach.mayLead(Origin.of(URI.create(registry)), Origin.of(URI.create(other)), trusted);
  }

  @ParameterizedTest
  @CsvSource({
    "https://10.1.2.3, https://10.9.9.9/storage",
    "https://10.1.2.3, https://192.168.9.9/storage",
    "https://10.1.2.3, https://198.51.100.7/storage",
    "https://[fd12::1], https://[fd34::1]/storage",
    "https://192.0.2.1, https://198.51.100.7/storage",
    "http://127.0.0.1:5000, http://localhost:9000/storage",
    "http://localhost:5000, http://[::1]:9000/storage",
    "https://192.0.2.1, https://no-such-name.invalid/storage"
  })
  void goes_to_storage_as_near_or_as_far_as_the_registry(String registry, String other) {
    assertThat(mayLead(registry, other)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://192.0.2.1, http://127.0.0.1:8080/admin",
    "https://192.0.2.1, http://10.0.0.1/x",
    "https://192.0.2.1, http://172.16.0.1/x",
    "https://192.0.2.1, http://192.168.0.1/x",
    "https://192.0.2.1, http://100.64.0.1/x",
    "https://192.0.2.1, http://[fd00::1]/x",
    "https://192.0.2.1, http://[64:ff9b::a9fe:a9fe]/x",
    "https://192.0.2.1, http://[64:ff9b::a00:1]/x",
    "http://127.0.0.1:5000, http://10.0.0.1/x",
    "https://10.1.2.3, http://100.100.100.200/x",
    "https://[fd12::1], http://[fd00:ec2::254]/x",
    "https://192.0.2.1, http://localhost/admin",
    "https://192.0.2.1, http://[::1]/admin",
    "https://192.0.2.1, http://[::ffff:127.0.0.1]/admin",
    "https://192.0.2.1, http://169.254.7.7/identity",
    "http://127.0.0.1:5000, http://169.254.7.7/identity",
    "http://127.0.0.1:5000, http://[fe80::1]/x",
    "http://127.0.0.1:5000, http://[::ffff:169.254.7.7]/x",
    "http://127.0.0.1:5000, http://0.0.0.0:8080/x",
    "http://127.0.0.1:5000, http://[::]/x",
    "http://127.0.0.1:5000, http://224.0.0.1/x"
  })
  void does_not_go_to_what_only_this_machine_gets_at(String registry, String other) {
    assertThat(mayLead(registry, other)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://10.0.0.1/storage, true",
    "https://10.0.0.1:9000/storage, false",
    "http://169.254.169.254/x, false"
  })
  void goes_where_the_settings_name_it_but_never_to_a_machines_identity(String other, boolean may) {
    Set<String> trusted = Set.of("10.0.0.1", "169.254.169.254");

    assertThat(mayLead("https://192.0.2.1", other, trusted)).isEqualTo(may);
  }
}
