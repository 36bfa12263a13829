package dev.floe.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.floe.manifest.Digest;
import dev.floe.oci.json.JsonException;
import dev.floe.oci.testing.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentsTest {

  private static final Digest ONE = Digest.sha256("one");
  private static final Digest TWO = Digest.sha256("two");
  private static final String FIRST = Samples.json(new Descriptor("text/plain", ONE, 3));
  private static final String SECOND = Samples.json(new Descriptor("text/css", TWO, 4));

  private static Contents read(String text, String mediaType) {
    return RawManifest.of(Samples.text(text), mediaType).contents();
  }

  @Test
  void of_an_image_are_config_and_layers_each_once() {
    Contents contents =
        read("{\"config\":%s,\"layers\":[%s,%s]}".formatted(FIRST, SECOND, SECOND), "x/y");

    assertThat(contents.blobs()).extracting(Descriptor::digest).containsExactly(ONE, TWO);
    assertThat(contents.blobBytes()).isEqualTo(7);
    assertThat(contents.artifactType()).contains("text/plain");
    assertThat(contents.isIndex()).isFalse();
  }

  @Test
  void of_an_unknown_type_are_read_by_structure() {
    assertThat(read("{\"manifests\":[%s]}".formatted(FIRST), "application/new").manifests())
        .extracting(Descriptor::digest)
        .containsExactly(ONE);
    assertThat(read("{\"blobs\":[%s]}".formatted(SECOND), "application/new").blobs())
        .extracting(Descriptor::digest)
        .containsExactly(TWO);
  }

  @Test
  void tell_the_subject_and_the_annotations() {
    Contents contents =
        read(
            "{\"subject\":%s,\"annotations\":{\"a\":\"b\"},\"layers\":[]}".formatted(FIRST), "x/y");

    assertThat(contents.subject().map(Descriptor::digest)).isEqualTo(Optional.of(ONE));
    assertThat(contents.annotations()).containsEntry("a", "b");
  }

  @Test
  void mark_layers_that_lie_elsewhere_as_foreign() {
    String layer = FIRST.replace("}", ",\"urls\":[\"https://example.com/l\"]}");

    assertThat(read("{\"layers\":[%s]}".formatted(layer), "x/y").blobs())
        .extracting(Descriptor::isForeign, Descriptor::urls)
        .containsExactly(tuple(true, List.of("https://example.com/l")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "no json",
        "{\"manifests\":[],\"layers\":[]}",
        "{\"manifests\":[],\"config\":{}}",
        "{\"mediaType\":\"x/other\",\"layers\":[]}",
        "{\"schemaVersion\":1,\"fsLayers\":[]}",
        "{\"layers\":[{\"digest\":\"sha256:00\",\"size\":1}]}",
        "{\"layers\":[{\"digest\":\"md5:00\",\"size\":1}]}",
        "{\"layers\":[{\"size\":1}]}",
        "{\"layers\":{}}"
      })
  void that_cannot_be_followed_or_mean_two_things_are_refused(String text) {
    assertThatThrownBy(() -> read(text, "x/y")).isInstanceOf(JsonException.class);
  }

  @Test
  void of_a_negative_or_missing_size_are_refused() {
    assertThatThrownBy(() -> read("{\"layers\":[%s]}".formatted(FIRST.replace("3", "-3")), "x/y"))
        .isInstanceOf(JsonException.class);
    String sizeless = "{\"layers\":[{\"digest\":\"%s\"}]}".formatted(ONE);
    assertThatThrownBy(() -> read(sizeless, "x/y"))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("no size");
  }

  @Test
  void of_other_bytes_are_no_manifest_of_that_digest() {
    byte[] bytes = Samples.text("{}");

    assertThatThrownBy(() -> RawManifest.of(bytes, "x/y", ONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(RawManifest.of(bytes, "x/y", Digest.sha256(bytes)))
        .isEqualTo(RawManifest.of(bytes, "x/y"))
        .isNotEqualTo(RawManifest.of(bytes, "x/z"));
  }
}
