package dev.floe.oci.http;

import static dev.floe.oci.testing.Faults.on;
import static dev.floe.oci.testing.Faults.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Refusals;
import dev.floe.oci.testing.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries, and proxies before them, that answer rightly in ways that are seldom met. */
@Requirement("337.7")
class OddRegistriesTest {

  private static final byte[] CONTENT = Samples.noise("content", 3_000);
  private static final Descriptor BLOB =
      new Descriptor("application/octet-stream", Digest.sha256(CONTENT), CONTENT.length);

  @TempDir Path folder;
  private Place.Open place;
  private FaultyProxy proxy;
  private Repository repository;
  private RawManifest manifest;

  @BeforeEach
  void open() {
    place = Place.EMBEDDED.open(folder);
    Repository direct = place.registry().repository("dev/app");
    direct.putBlob(BLOB, BlobSource.of(CONTENT));
    manifest = Samples.put(direct, Samples.image(direct, "app", false));
    direct.tag("v1", manifest);
    proxy = FaultyProxy.before(place.host());
    repository = Place.client(proxy.host()).repository("dev/app");
  }

  @AfterEach
  void close() {
    proxy.close();
    place.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 405, 406, 501})
  void that_refuse_to_look_are_read_instead(int refusal) {
    proxy.with(on("HEAD", status(refusal)));
    Descriptor unknown = new Descriptor("x/y", Digest.sha256("unknown"), 7);

    assertThat(repository.head("v1")).contains(manifest.descriptor());
    assertThat(repository.head("v2")).isEmpty();
    assertThat(repository.hasBlob(BLOB)).isTrue();
    assertThat(repository.hasBlob(unknown)).isFalse();
  }

  @Test
  void that_refuse_to_be_read_too_have_refused() {
    proxy.with(status(403));

    assertThat(Refusals.troubleOf(() -> repository.head("v1")))
        .isEqualTo(RegistryTrouble.UNAUTHORIZED);
    assertThat(Refusals.troubleOf(() -> repository.hasBlob(BLOB)))
        .isEqualTo(RegistryTrouble.UNAUTHORIZED);
  }

  @Test
  void that_compress_what_they_send_are_understood() {
    proxy.with(on("GET", this::compressed));

    assertThat(repository.manifest("v1")).isEqualTo(manifest);
    assertThat(repository.tags()).containsExactly("v1");
  }

  private boolean compressed(HttpExchange exchange) throws IOException {
    FaultyProxy.Passed passed = proxy.forward(exchange);
    Map<String, String> headers = new HashMap<>(passed.headers());
    headers.put("Content-Encoding", "gzip");
    return FaultyProxy.answer(exchange, passed.status(), headers, zipped(passed.body()));
  }

  private static byte[] zipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  @Test
  void that_compress_more_than_fits_are_refused() {
    proxy.with(
        on(
            "GET",
            exchange ->
                FaultyProxy.answer(
                    exchange,
                    200,
                    Map.of("Content-Encoding", "gzip"),
                    zipped(new byte[64 * 1024 * 1024]))));

    assertThat(Refusals.of(() -> repository.manifest("v1")))
        .returns(RegistryTrouble.INVALID_RESPONSE, RegistryException::trouble)
        .hasMessageContaining("larger than 4 MiB");
  }

  @Test
  void that_compress_it_and_break_off_are_asked_again() {
    proxy.with(
        dev.floe.oci.testing.Faults.times(
            1,
            on(
                "GET",
                exchange -> {
                  byte[] whole = zipped(manifest.bytes());
                  return FaultyProxy.answer(
                      exchange,
                      200,
                      Map.of("Content-Encoding", "gzip"),
                      Arrays.copyOf(whole, whole.length / 2));
                })));

    assertThat(repository.manifest("v1").bytes()).isEqualTo(manifest.bytes());
  }

  @Test
  void that_write_media_types_in_capitals_mean_the_same() {
    byte[] bytes = manifest.bytes();
    String type = MediaTypes.OCI_MANIFEST.toUpperCase(java.util.Locale.ROOT);
    proxy.with(
        exchange ->
            FaultyProxy.answer(
                exchange,
                200,
                Map.of("Content-Type", type, "Content-Length", "" + bytes.length),
                bytes));

    assertThat(repository.manifest("v1").mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
    assertThat(repository.manifest("v1").contents().blobs()).isNotEmpty();
  }
}
