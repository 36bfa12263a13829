package dev.floe.promotion.adapter.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.embedded.oci.OciRegistryServer;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ManifestParser;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryUrl;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.testing.Faults;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.promotion.application.Publications.Found;
import dev.floe.promotion.application.Publications.NotFound;
import dev.floe.promotion.application.Publications.Unavailable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstEnvironmentTest {

  private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";

  @TempDir private Path folder;

  private final Registries registries = Registries.withDefaults();
  private OciRegistryServer oci;
  private Manifest manifest;
  private Repository dev;

  @BeforeEach
  void start() throws Exception {
    oci = OciRegistryServer.start(folder);
    String yaml =
        """
        environments:
          dev: {registry: "oci://HOST/dev"}
          prod: {registry: "oci://HOST/prod"}
        promotion: {path: dev → prod}
        """;
    manifest = ManifestParser.parse(yaml.replace("HOST", oci.host()), "manifest.yaml").orThrow();
    dev =
        registries.repository(
            RegistryUrl.parse("oci://" + oci.host() + "/dev"), "app", RegistryAccess.anonymous());
  }

  @AfterEach
  void stop() {
    oci.close();
  }

  @Test
  void prefers_the_environments_tag_to_the_plain_one() {
    tag("v1.0.0", image("plain"));
    RawManifest tagged = image("of dev");
    tag("v1.0.0-dev", tagged);

    assertThat(find("v1.0.0").digest()).isEqualTo(tagged.digest());
    assertThat(find("v1.0.0-dev").digest()).isEqualTo(tagged.digest());
  }

  @Test
  void counts_every_blob_of_an_index_once() {
    RawManifest one = image("shared");
    RawManifest other = image("shared", " ");
    String json =
        """
        {"schemaVersion":2,"mediaType":"%s","manifests":[%s,%s]}\
        """
            .formatted(INDEX, descriptor(one), descriptor(other));
    RawManifest index = RawManifest.of(json.getBytes(StandardCharsets.UTF_8), INDEX);
    tag("v2.0.0", index);

    Found found = find("v2.0.0");

    assertThat(found.mediaType()).isEqualTo(INDEX);
    assertThat(found.size())
        .isEqualTo(index.size() + one.size() + other.size() + "shared".length());
  }

  @Test
  void says_what_is_not_there() {
    assertThatThrownBy(() -> find("v3.0.0"))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("v3.0.0-dev");
    assertThatThrownBy(
            () ->
                new FirstEnvironment(registries)
                    .find(manifest, "app", manifest.versionRef("v3.0.0"), Digest.sha256("x")))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void tells_a_registry_that_is_down_from_one_that_has_nothing() {
    oci.close();

    assertThatThrownBy(() -> find("v1.0.0"))
        .isInstanceOfSatisfying(
            Unavailable.class,
            trouble -> assertThat(trouble.problem()).isEqualTo(ProblemCode.REGISTRY_UNREACHABLE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"schemaVersion\":1,\"fsLayers\":[]} | schema 1 cannot be copied by digest",
        "{\"mediaType\":\"application/x\",\"layers\":[]} | but says application/x",
        "{\"layers\":[],\"manifests\":[]} | an index and an image at once",
        "{\"layers\":[{\"digest\":\"D\",\"size\":-1}]} | size is negative",
        "{\"layers\":[{\"digest\":\"D\",\"size\":\"3\"}]} | is no whole number",
        "{\"layers\":[{\"digest\":\"D\",\"size\":3.0}]} | is no whole number",
        "{\"layers\":[{\"digest\":\"sha384:00\",\"size\":3}]} | sha256 or sha512",
        "{\"layers\":[],\"annotations\":{\"a\":1}} | \"a\" is no string",
        "{\"a\":1,\"a\":2} | stands twice in one object",
        "{\"manifests\":[{\"digest\":\"D\",\"size\":3}]} | it names D, which is not there"
      })
  void says_why_a_manifest_cannot_be_used(String written, String why) {
    String missing = Digest.sha256("missing").toString();
    byte[] bytes = written.replace("D\"", missing + "\"").getBytes(StandardCharsets.UTF_8);
    FaultyProxy registry =
        FaultyProxy.alone()
            .with(
                exchange ->
                    exchange.getRequestURI().getPath().contains(missing)
                        && Faults.status(404).answers(exchange))
            .with(
                exchange ->
                    !exchange.getRequestURI().getPath().contains(missing)
                        && Faults.serving(IMAGE, bytes).answers(exchange));
    try (registry) {
      manifest =
          ManifestParser.parse(
                  "environments: {dev: {registry: \"oci://%s/dev\"}, prod: {registry: \"oci://%s/prod\"}}\npromotion: {path: dev → prod}\n"
                      .formatted(registry.host(), registry.host()),
                  "manifest.yaml")
              .orThrow();

      assertThatThrownBy(() -> find("v1.0.0"))
          .isInstanceOfSatisfying(
              Unavailable.class,
              trouble -> assertThat(trouble.problem()).isEqualTo(ProblemCode.REGISTRY_REFUSED))
          .hasMessageContaining(why.replace("D,", missing + ","));
    }
  }

  private Found find(String version) {
    return new FirstEnvironment(registries)
        .find(manifest, "app", manifest.versionRef(version), null);
  }

  private RawManifest image(String content) {
    return image(content, "");
  }

  private RawManifest image(String content, String space) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    var blob = new Descriptor("text/plain", Digest.sha256(bytes), bytes.length);
    dev.putBlob(blob, () -> new ByteArrayInputStream(bytes));
    String json =
        """
        {"schemaVersion":2,"mediaType":"%1$s",%4$s\
        "config":{"mediaType":"text/plain","digest":"%2$s","size":%3$d},\
        "layers":[{"mediaType":"text/plain","digest":"%2$s","size":%3$d}]}\
        """
            .formatted(IMAGE, blob.digest(), bytes.length, space);
    RawManifest manifestOf = RawManifest.of(json.getBytes(StandardCharsets.UTF_8), IMAGE);
    dev.putManifest(manifestOf);
    return manifestOf;
  }

  private void tag(String tag, RawManifest what) {
    dev.tag(tag, what);
  }

  private static String descriptor(RawManifest of) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(of.mediaType(), of.digest(), of.size());
  }
}
