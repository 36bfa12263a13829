package dev.floe.oci.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialHelperTest {

  @TempDir Path folder;

  private Optional<Credentials> ask(String script, Duration patience) throws IOException {
    Path program = folder.resolve("docker-credential-test");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return new CredentialHelper(folder + "/", patience).get("test", "harbor.acme.com");
  }

  private Optional<Credentials> ask(String script) throws IOException {
    return ask(script, Duration.ofSeconds(20));
  }

  @Test
  void is_told_the_server_and_answers_user_and_secret() throws IOException {
    String script = "read s; echo \"{\\\"Username\\\":\\\"$1-$s\\\",\\\"Secret\\\":\\\"pw\\\"}\"";

    assertThat(ask(script)).contains(new Credentials.Basic("get-harbor.acme.com", "pw"));
  }

  @Test
  void may_answer_an_identity_token() throws IOException {
    assertThat(ask("cat >/dev/null; echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}'"))
        .contains(new Credentials.IdentityToken("t"));
  }

  @Test
  void may_not_know_the_server() throws IOException {
    assertThat(ask("echo 'credentials not found in native keychain'; exit 1")).isEmpty();
  }

  @Test
  void that_fails_or_talks_nonsense_is_named() {
    assertThatThrownBy(() -> ask("echo secret; exit 3"))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("docker-credential-test")
        .hasMessageContaining("3")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> ask("echo secret"))
        .isInstanceOf(CredentialsException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void that_hangs_is_given_up() {
    assertThatThrownBy(() -> ask("exec sleep 60", Duration.ofMillis(200)))
        .isInstanceOf(CredentialsException.class);
  }
}
