package dev.floe.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.kernel.Requirement;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {

  private static final Digest EMPTY =
      Digest.parse("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

  @Test
  @Requirement("326.1")
  void a_repository_is_the_namespace_and_the_artifact() {
    RegistryUrl url = RegistryUrl.parse("oci://registry.example.com:5000/acme/floe/");

    assertThat(url.host()).isEqualTo("registry.example.com:5000");
    assertThat(url.repository("floe-platform")).isEqualTo("acme/floe/floe-platform");
    assertThat(url).hasToString("oci://registry.example.com:5000/acme/floe");
    assertThat(url.ref("floe-platform", "v1.2.3-dev"))
        .hasToString("oci://registry.example.com:5000/acme/floe/floe-platform:v1.2.3-dev");
    assertThat(url.ref("floe-platform", EMPTY).image())
        .isEqualTo("registry.example.com:5000/acme/floe/floe-platform@" + EMPTY);
  }

  @Test
  void a_registry_without_a_namespace_has_the_artifact_at_its_root() {
    assertThat(RegistryUrl.parse("oci://registry.example.com").ref("floe-platform", "v1.2.3"))
        .hasToString("oci://registry.example.com/floe-platform:v1.2.3");
  }

  @ParameterizedTest
  @CsvSource({
    "oci://localhost/x, true",
    "oci://localhost:5000, true",
    "oci://127.0.0.1:8080/dev, true",
    "oci://[::1]:8080/dev, true",
    "oci+http://registry.example.com/x, true",
    "oci://registry.example.com/x, false",
    "oci://localhost.example.com/x, false",
    "oci://127.0.0.10/x, false",
    "oci-layout:/srv/oci, false"
  })
  void only_loopback_and_who_asks_for_it_speak_plain_http(String url, boolean plain) {
    assertThat(RegistryUrl.parse(url).plainHttp()).isEqualTo(plain);
  }

  @Test
  void a_layout_is_a_folder() {
    RegistryUrl layout = RegistryUrl.parse("oci-layout:/srv/oci");

    assertThat(layout.isLayout()).isTrue();
    assertThat(layout.ref("floe-platform", "v1.2.3"))
        .hasToString("oci-layout:/srv/oci/floe-platform:v1.2.3");
  }

  @ParameterizedTest
  @Requirement("326.5")
  @CsvSource(
      delimiter = '|',
      value = {
        "https://registry.example.com/x | 1  | expected oci://",
        "oci://                         | 7  | expected host",
        "oci:///x                       | 7  | expected host",
        "oci://user:pw@host/x           | 7  | credentials do not belong",
        "oci://host:70000/x             | 12 | the port must be",
        "oci://host:0/x                 | 12 | the port must be",
        "oci://host/Upper               | 12 | lower-case",
        "oci://host/a//b                | 12 | lower-case",
        "oci://host/a?tag=1             | 12 | lower-case",
        "oci-layout:                    | 12 | folder is missing",
      })
  void a_wrong_registry_url_is_refused_with_position_and_example(
      String text, int position, String why) {
    assertThatThrownBy(() -> RegistryUrl.parse(text))
        .isInstanceOfSatisfying(
            InvalidWord.class, e -> assertThat(e.position()).isEqualTo(position))
        .hasMessageContaining(why)
        .hasMessageContaining("for example oci://registry.example.com/floe");
  }

  @Test
  void a_digest_recognises_its_bytes() {
    byte[] text = "floe".getBytes(StandardCharsets.UTF_8);

    assertThat(Digest.sha256(new byte[0])).isEqualTo(EMPTY);
    assertThat(Digest.sha256("floe").matches(text)).isTrue();
    assertThat(EMPTY.matches(text)).isFalse();
    assertThat(Digest.parse("sha512:" + "a".repeat(128)).newHash().getAlgorithm())
        .isEqualTo("SHA-512");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256:abc",
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "e3b0c442",
        "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      })
  void a_wrong_digest_is_refused(String text) {
    assertThatThrownBy(() -> Digest.parse(text))
        .isInstanceOf(InvalidWord.class)
        .hasMessageContaining("for example sha256:");
  }

  @Test
  void a_reference_has_a_tag_or_a_digest_and_the_tag_is_one() {
    RegistryUrl url = RegistryUrl.parse("oci://host/x");

    assertThatThrownBy(() -> new Reference(url, "a", "v1.0.0", EMPTY))
        .hasMessageContaining("a tag or a digest");
    assertThatThrownBy(() -> url.ref("a", "v1.0.0+x")).isInstanceOf(InvalidWord.class);
    assertThatThrownBy(() -> url.ref("a", "-x")).isInstanceOf(InvalidWord.class);
    assertThatThrownBy(() -> url.ref("a", "x".repeat(129))).isInstanceOf(InvalidWord.class);
  }
}
