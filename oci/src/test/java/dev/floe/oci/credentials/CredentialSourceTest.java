package dev.floe.oci.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.manifest.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialSourceTest {

  private static final String HOST = "harbor.acme.com";

  @TempDir Path folder;

  private static Credentials read(Secret secret, Map<String, String> environment) {
    return CredentialSource.of(secret, environment).credentialsFor(HOST);
  }

  private Credentials readDocker(String config, String host) throws IOException {
    Path file = Files.writeString(folder.resolve("config.json"), config);
    return DockerConfig.in(file).credentialsFor(host);
  }

  @Test
  void reads_user_and_password_or_a_token_from_the_environment() {
    assertThat(read(Secret.parse("env:H"), Map.of("H", "ben:p:w")))
        .isEqualTo(new Credentials.Basic("ben", "p:w"));
    assertThat(read(Secret.parse("env:H"), Map.of("H", "abc\n")))
        .isEqualTo(new Credentials.Token("abc"));
  }

  @Test
  void names_the_variable_that_is_missing() {
    assertThatThrownBy(() -> read(Secret.parse("env:HARBOR_B"), Map.of()))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("HARBOR_B")
        .hasMessageContaining("user:password");
  }

  @Test
  void reads_a_file_anew_each_time_because_secrets_rotate() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "ben:old");
    CredentialSource source = CredentialSource.of(Secret.parse("file:" + file), Map.of());
    assertThat(source.credentialsFor(HOST)).isEqualTo(new Credentials.Basic("ben", "old"));

    Files.writeString(file, "ben:new\n");

    assertThat(source.credentialsFor(HOST)).isEqualTo(new Credentials.Basic("ben", "new"));
  }

  @Test
  void names_the_file_that_is_missing() {
    assertThatThrownBy(() -> read(Secret.parse("file:/nowhere/secret"), Map.of()))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("/nowhere/secret");
  }

  @Test
  void never_prints_a_secret() {
    assertThat(new Credentials.Basic("ben", "hush").toString()).doesNotContain("hush");
    assertThat(new Credentials.Token("hush").toString()).doesNotContain("hush");
    assertThat(new Credentials.IdentityToken("hush").toString()).doesNotContain("hush");
  }

  @Test
  void reads_dockers_configuration_by_host() throws IOException {
    String config =
        """
        {"auths":{"harbor.acme.com":{"auth":"YmVuOnB3"},"https://other.acme.com":{"auth":"YTpi"},
        "token.acme.com":{"identitytoken":"t"},"raw.acme.com":{"registrytoken":"r"},
        "plain.acme.com":{"username":"u","password":"p"},"https://index.docker.io/v1/":{"auth":"aDph"}}}
        """;

    assertThat(readDocker(config, HOST)).isEqualTo(new Credentials.Basic("ben", "pw"));
    assertThat(readDocker(config, "other.acme.com")).isEqualTo(new Credentials.Basic("a", "b"));
    assertThat(readDocker(config, "token.acme.com")).isEqualTo(new Credentials.IdentityToken("t"));
    assertThat(readDocker(config, "raw.acme.com")).isEqualTo(new Credentials.Token("r"));
    assertThat(readDocker(config, "plain.acme.com")).isEqualTo(new Credentials.Basic("u", "p"));
    assertThat(readDocker(config, "registry-1.docker.io"))
        .isEqualTo(new Credentials.Basic("h", "a"));
    assertThat(readDocker(config, "unknown.acme.com")).isEqualTo(new Credentials.Anonymous());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://harbor.acme.com:8443/",
        "https://harbor.acme.com:8443/v1/",
        "https://harbor.acme.com:8443/v2/",
        "http://harbor.acme.com:8443/v2",
        "harbor.acme.com:8443/",
        "Harbor.acme.com:8443"
      })
  void finds_a_host_in_every_form_that_docker_writes(String key) throws IOException {
    String config = "{\"auths\":{\"%s\":{\"auth\":\"YmVuOnB3\"}}}".formatted(key);

    assertThat(readDocker(config, "harbor.acme.com:8443"))
        .isEqualTo(new Credentials.Basic("ben", "pw"));
    assertThat(readDocker(config, "harbor.acme.com")).isEqualTo(new Credentials.Anonymous());
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.docker.io", "https://index.docker.io/v2/", "docker.io"})
  void finds_docker_hub_under_each_of_its_names(String key) throws IOException {
    String config = "{\"auths\":{\"%s\":{\"auth\":\"YmVuOnB3\"}}}".formatted(key);

    assertThat(readDocker(config, "registry-1.docker.io"))
        .isEqualTo(new Credentials.Basic("ben", "pw"));
  }

  @Test
  void prefers_the_very_name_of_the_host() throws IOException {
    String config =
        """
        {"auths":{"https://harbor.acme.com/team":{"auth":"YTpi"},"harbor.acme.com":{"auth":"YmVuOnB3"}}}
        """;

    assertThat(readDocker(config, HOST)).isEqualTo(new Credentials.Basic("ben", "pw"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"identitytoken", "registrytoken"})
  void takes_no_empty_token_for_one(String name) throws IOException {
    String config =
        "{\"auths\":{\"%s\":{\"auth\":\"YmVuOnB3\",\"%s\":\"\"}}}".formatted(HOST, name);

    assertThat(readDocker(config, HOST)).isEqualTo(new Credentials.Basic("ben", "pw"));
  }

  @Test
  void is_anonymous_without_a_docker_configuration() {
    assertThat(read(new Secret.DockerConfig(), Map.of("DOCKER_CONFIG", folder.toString())))
        .isEqualTo(new Credentials.Anonymous());
  }

  @Test
  void says_which_docker_configuration_is_broken_without_quoting_it() {
    String broken = "{\"auths\":{\"harbor.acme.com\":{\"auth\":\"hush!\"}}}";

    assertThatThrownBy(() -> readDocker(broken, HOST))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("config.json")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> readDocker("{", HOST)).isInstanceOf(CredentialsException.class);
  }

  @Test
  void asks_the_helper_that_dockers_configuration_names() throws IOException {
    assertThatThrownBy(() -> readDocker("{\"credsStore\":\"floe-nowhere\"}", HOST))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("docker-credential-floe-nowhere");
    assertThatThrownBy(
            () -> readDocker("{\"credHelpers\":{\"harbor.acme.com\":\"../../bin/sh\"}}", HOST))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("no name of a credential helper");
  }
}
