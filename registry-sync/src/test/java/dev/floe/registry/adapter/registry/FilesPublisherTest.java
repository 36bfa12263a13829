package dev.floe.registry.adapter.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.floe.embedded.oci.OciRegistry;
import dev.floe.embedded.oci.OciRegistryServer;
import dev.floe.embedded.oci.WritePolicy;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryAccess.ClientCertificate;
import dev.floe.manifest.RegistryAccess.Manners;
import dev.floe.manifest.RegistryUrl;
import dev.floe.manifest.Secret;
import dev.floe.oci.Contents;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.http.HttpSettings;
import dev.floe.oci.testing.Certificates;
import dev.floe.oci.testing.DockerRegistry;
import dev.floe.registry.application.UploadSpace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesPublisherTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("REG", "ci:hush", "BAD", "ci:no");
  private static final Map<String, String> ANNOTATIONS =
      Map.of("z", "1", "y", "2", "x", "3", "org.opencontainers.image.version", "v1.2.3");
  private static final RegistryAccess GOOD = RegistryAccess.with(Secret.parse("env:REG"));

  @TempDir Path folder;
  private OciRegistryServer server;
  private RegistryUrl dev;
  private Registries registries;
  private FilesPublisher publisher;
  private Path files;

  @BeforeEach
  void open() throws IOException {
    OciRegistry guarded = new OciRegistry(folder.resolve("reg"), WritePolicy.password("hush"));
    server = OciRegistryServer.start(guarded, 0);
    dev = RegistryUrl.parse("oci://" + server.host() + "/dev");
    HttpSettings.Attempts once =
        new HttpSettings.Attempts(1, Duration.ofMillis(1), Duration.ofMillis(1));
    registries = new Registries(HttpSettings.defaults().withAttempts(once), ENVIRONMENT);
    publisher = new FilesPublisher(registries, UploadSpace.in(folder.resolve("uploads")));
    files = sample("files");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Path sample(String name) throws IOException {
    Path sample = folder.resolve(name);
    Files.createDirectories(sample.resolve("policies/empty"));
    Files.writeString(sample.resolve("manifest.yaml"), "artifact: floe-platform\n");
    Files.writeString(sample.resolve("policies/b.cel"), "true");
    Files.writeString(sample.resolve("policies/a.cel"), "false");
    Files.writeString(sample.resolve("policies/größe.cel"), "size < 5");
    Path run = Files.writeString(sample.resolve("policies/run.sh"), "#!/bin/sh\n");
    assertThat(run.toFile().setExecutable(true)).isTrue();
    return sample;
  }

  private Published publish(Path from) {
    return publisher.publish(dev, GOOD, "floe-platform", from, ANNOTATIONS);
  }

  private Repository repository() {
    return registries.repository(dev, "floe-platform", RegistryAccess.anonymous());
  }

  private static RegistryTrouble troubleOf(Runnable work) {
    try {
      work.run();
    } catch (RegistryException e) {
      assertThat(e).hasMessageNotContaining("hush");
      return e.trouble();
    }
    throw new AssertionError("nothing failed");
  }

  private Map<String, String> unpack(Descriptor layer) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (InputStream blob = repository().blob(layer);
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(blob))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        assertThat(entry.getLastModifiedTime()).isEqualTo(FileTime.from(Instant.EPOCH));
        assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        tar.transferTo(text);
        found.put(
            entry.getName() + " " + Integer.toOctalString(entry.getMode()),
            text.toString(StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  @Test
  void stores_each_entry_of_the_folder_as_one_layer() throws IOException {
    Published published = publish(files);

    Contents contents = repository().manifest(published.digest()).contents();
    assertThat(contents.artifactType()).contains("application/vnd.floe.platform.v1");
    assertThat(contents.annotations()).isEqualTo(ANNOTATIONS);
    assertThat(contents.blobs())
        .extracting(blob -> blob.annotations().get("org.opencontainers.image.title"))
        .containsExactly(null, "manifest.yaml", "policies");
    assertThat(unpack(contents.blobs().get(1)))
        .isEqualTo(Map.of("manifest.yaml 644", "artifact: floe-platform\n"));
    assertThat(unpack(contents.blobs().get(2)))
        .isEqualTo(
            Map.of(
                "policies/ 755", "",
                "policies/a.cel 644", "false",
                "policies/b.cel 644", "true",
                "policies/empty/ 755", "",
                "policies/größe.cel 644", "size < 5",
                "policies/run.sh 755", "#!/bin/sh\n"));
    assertThat(published.layers()).isEqualTo(2);
    assertThat(published.size()).isBetween(contents.blobBytes(), contents.blobBytes() + 2_000);
  }

  @Test
  void gives_the_same_files_the_same_digest_whenever_they_were_written() throws IOException {
    Published first = publish(files);
    Path later = sample("later");
    Files.setLastModifiedTime(
        later.resolve("manifest.yaml"), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
    Files.writeString(sample("other").resolve("manifest.yaml"), "artifact: other\n");

    assertThat(publish(later)).isEqualTo(first);
    assertThat(publish(folder.resolve("other")).digest()).isNotEqualTo(first.digest());
  }

  @Test
  void writes_its_manifest_in_a_fixed_order() {
    String text =
        new String(repository().manifest(publish(files).digest()).bytes(), StandardCharsets.UTF_8);

    assertThat(text)
        .startsWith("{\"schemaVersion\":2,\"mediaType\":")
        .endsWith(
            "\"annotations\":{\"org.opencontainers.image.version\":\"v1.2.3\","
                + "\"x\":\"3\",\"y\":\"2\",\"z\":\"1\"}}")
        .doesNotContain("created");
  }

  @Test
  void sets_no_tag() {
    publish(files);

    assertThat(repository().tags()).isEmpty();
  }

  @Test
  void stores_the_same_artifact_in_a_layout_on_disk() {
    RegistryUrl layout = RegistryUrl.parse("oci-layout:" + folder.resolve("layout"));

    Published published =
        publisher.publish(layout, RegistryAccess.anonymous(), "floe-platform", files, ANNOTATIONS);

    assertThat(published).isEqualTo(publish(files));
  }

  @Test
  void stores_the_same_artifact_in_a_registry_that_wants_our_certificate() throws IOException {
    assumeThat(DockerRegistry.isInstalled()).as("docker-registry is installed").isTrue();
    Certificates ca = Certificates.of("private ca");
    Certificates.Issued client = ca.client("floe");
    RegistryAccess access =
        new RegistryAccess(
            null,
            written("ca.pem", ca.ca().pem()),
            new ClientCertificate(
                written("client.pem", client.pem()), written("client.key", client.keyPem())));
    try (DockerRegistry secure = DockerRegistry.startSecure(folder.resolve("secure"), ca)) {
      RegistryUrl place = RegistryUrl.parse("oci://" + secure.host() + "/dev");

      Published published = publisher.publish(place, access, "app", files, ANNOTATIONS);

      assertThat(published).isEqualTo(publish(files));
      assertThat(registries.repository(place, "app", access).head(published.digest())).isPresent();
    }
  }

  private Secret written(String name, String text) throws IOException {
    return new Secret.FromFile(Files.writeString(folder.resolve(name), text).toString());
  }

  @Test
  void is_refused_with_a_wrong_password_or_none() {
    RegistryAccess bad = RegistryAccess.with(Secret.parse("env:BAD"));
    assertThat(troubleOf(() -> publisher.publish(dev, bad, "app", files, Map.of())))
        .isEqualTo(RegistryTrouble.UNAUTHORIZED);
    assertThat(
            troubleOf(
                () -> publisher.publish(dev, RegistryAccess.anonymous(), "app", files, Map.of())))
        .isEqualTo(RegistryTrouble.UNAUTHORIZED);
    RegistryAccess absent = RegistryAccess.with(Secret.parse("env:ABSENT"));
    assertThat(troubleOf(() -> publisher.publish(dev, absent, "app", files, Map.of())))
        .isEqualTo(RegistryTrouble.UNAUTHORIZED);
  }

  @Test
  void says_when_the_registry_is_not_there() {
    server.close();

    assertThat(troubleOf(() -> publish(files))).isEqualTo(RegistryTrouble.UNREACHABLE);
  }

  @Test
  void does_not_wait_for_ever_for_a_registry_that_says_nothing() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
      RegistryUrl place = RegistryUrl.parse("oci://127.0.0.1:" + silent.getLocalPort() + "/dev");
      Manners impatient = new Manners(Duration.ofMillis(500), null, 0, List.of());
      RegistryAccess access = new RegistryAccess(null, null, null, impatient);

      assertThat(troubleOf(() -> publisher.publish(place, access, "app", files, Map.of())))
          .isEqualTo(RegistryTrouble.UNREACHABLE);
    }
  }

  @Test
  void does_not_publish_what_a_link_points_at() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "hush");
    Files.createSymbolicLink(files.resolve("policies/link"), secret);

    assertThatThrownBy(() -> publish(files))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("policies/link");
  }

  @Test
  void has_nothing_to_do_with_an_empty_folder() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));

    assertThatThrownBy(() -> publish(empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no files");
  }
}
