package dev.floe.oci.http;

import static dev.floe.oci.testing.Faults.on;
import static dev.floe.oci.testing.Faults.serving;
import static dev.floe.oci.testing.Faults.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.manifest.Digest;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.Tagger;
import dev.floe.oci.copy.Graph;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Refusals;
import dev.floe.oci.testing.Samples;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests that are none, lie about themselves, or are made to exhaust who reads them. */
@Timeout(30)
class HostileManifestsTest {

  private static final String CHILD =
      "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"digest\":\"%s\",\"size\":9}";

  private FaultyProxy registry;
  private Repository repository;

  @BeforeEach
  void open() {
    registry = FaultyProxy.alone();
    repository = Place.client(registry.host()).repository("dev/app");
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private RegistryTrouble tagTrouble() {
    return Refusals.troubleOf(() -> repository.manifest("v1"));
  }

  /** Serves the text under its own digest. */
  private Digest holds(String text, String type) {
    byte[] bytes = Samples.text(text);
    Digest digest = Digest.sha256(bytes);
    registry.with(
        exchange ->
            exchange.getRequestURI().getPath().endsWith(digest.toString())
                && serving(type, bytes).answers(exchange));
    return digest;
  }

  private Digest holds(String text) {
    return holds(text, MediaTypes.OCI_INDEX);
  }

  private RegistryTrouble graphTrouble(Digest digest) {
    return Refusals.troubleOf(() -> Graph.read(repository, digest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/vnd.oci.image.manifest.v1+json", "x/y", ""})
  void a_page_for_people_is_no_manifest(String type) {
    registry.with(serving(type, Samples.text("<html>Please sign in to this network</html>")));

    assertThat(tagTrouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(Refusals.troubleOf(() -> repository.head("v1")))
        .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[]", "5", "null", "\"x\""})
  void what_is_no_object_is_no_manifest(String body) {
    registry.with(serving(MediaTypes.OCI_MANIFEST, Samples.text(body)));

    assertThat(tagTrouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"md5:d41d8cd98f00b204e9800998ecf8427e", "sha256:", "sha512:00", "x", ":"})
  void a_digest_that_proves_nothing_is_refused(String digest) {
    byte[] body = Samples.text("{\"layers\":[]}");
    registry.with(
        exchange ->
            FaultyProxy.answer(exchange, 200, Map.of("Docker-Content-Digest", digest), body));

    assertThat(tagTrouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @Test
  void a_digest_of_another_algorithm_is_checked_too() {
    byte[] body = Samples.text("{\"layers\":[]}");
    String wrong = "sha512:" + "0".repeat(128);
    registry.with(
        exchange ->
            FaultyProxy.answer(exchange, 200, Map.of("Docker-Content-Digest", wrong), body));

    assertThat(tagTrouble()).isEqualTo(RegistryTrouble.DIGEST_MISMATCH);
    assertThat(Refusals.troubleOf(() -> repository.manifest(Digest.sha256(body))))
        .isEqualTo(RegistryTrouble.DIGEST_MISMATCH);
  }

  @Test
  void a_bare_200_about_what_is_not_there_is_no_manifest() {
    registry.with(on("HEAD", status(200)));

    assertThat(repository.head("v1")).isEmpty();
  }

  @Test
  void an_index_served_as_its_own_child_is_found_out() {
    Digest child = Digest.sha256("child");
    String index = "{\"manifests\":[" + CHILD.formatted(child) + "]}";
    Digest top = holds(index);
    registry.with(serving(MediaTypes.OCI_INDEX, Samples.text(index)));

    assertThat(graphTrouble(top)).isEqualTo(RegistryTrouble.DIGEST_MISMATCH);
  }

  @Test
  void more_children_than_anything_honest_are_not_asked_for() {
    String children =
        IntStream.range(0, 20_000)
            .mapToObj(i -> CHILD.formatted(Digest.sha256("child" + i)))
            .collect(Collectors.joining(","));

    assertThat(graphTrouble(holds("{\"manifests\":[" + children + "]}")))
        .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(registry.seen()).hasSize(1);
  }

  @Test
  void indexes_in_indexes_without_end_are_not_followed() {
    Digest below = Digest.sha256("bottom");
    for (int i = 0; i < 40; i++) {
      below = holds("{\"manifests\":[" + CHILD.formatted(below) + "]}");
    }

    assertThat(graphTrouble(below)).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(registry.seen()).hasSizeLessThan(10);
  }

  @Test
  void few_indexes_that_all_name_the_same_children_are_not_read_a_million_times() {
    String level = "";
    for (int depth = 0; depth < 7; depth++) {
      StringBuilder next = new StringBuilder();
      for (int i = 0; i < 8; i++) {
        String own = "{\"manifests\":[" + level + "],\"annotations\":{\"n\":\"" + i + "\"}}";
        next.append(i == 0 ? "" : ",").append(CHILD.formatted(holds(own)));
      }
      level = next.toString();
    }

    assertThat(graphTrouble(holds("{\"manifests\":[" + level + "]}")))
        .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(registry.seen()).hasSizeLessThan(3_000);
  }

  @Test
  void many_huge_children_are_not_all_kept() {
    String filling = " ".repeat(3_900_000);
    String children =
        IntStream.range(0, 18)
            .mapToObj(i -> holds("{\"layers\":[],\"x\":" + i + "}" + filling, "x/y"))
            .map(CHILD::formatted)
            .collect(Collectors.joining(","));

    assertThat(graphTrouble(holds("{\"manifests\":[" + children + "]}")))
        .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  static String[] bombs() {
    String digest = Digest.sha256("x").toString();
    String layer = "{\"layers\":[{\"digest\":\"" + digest + "\",\"size\":%s}]}";
    return new String[] {
      "{\"layers\":" + "[".repeat(1_000_000),
      "{\"x\":" + "{\"a\":".repeat(300_000),
      "{\"layers\":[" + "{},".repeat(1_000_000) + "{}]}",
      "{\"layers\":[],\"layers\":[]}",
      "{\"layers\":[],\"manifests\":[]}",
      "{\"config\":{},\"manifests\":[]}",
      "{\"fsLayers\":[]}",
      "{\"schemaVersion\":" + "9".repeat(1_000_000) + ",\"layers\":5}",
      layer.formatted("-1"),
      layer.formatted("9".repeat(100_000)),
      layer.formatted("999999999999999999"),
      layer.formatted("1e9"),
      layer.formatted("\"5\""),
      "{\"layers\":[{\"digest\":\"sha256:../../x\",\"size\":1}]}",
      "{\"layers\":[{\"size\":1}]}",
      "{\"layers\":[],\"mediaType\":\"another/type\"}"
    };
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void a_bomb_of_json_is_refused(String text) {
    assertThat(graphTrouble(holds(text, MediaTypes.OCI_MANIFEST)))
        .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @Test
  void a_media_type_with_a_line_break_ends_nowhere() {
    String text = "{\"layers\":[],\"mediaType\":\"x/y\\r\\nX-Evil: 1\"}";

    assertThat(graphTrouble(holds(text, "application/json")))
        .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @Test
  void a_tag_that_flips_between_reads_is_not_believed() {
    RawManifest wanted = RawManifest.of(Samples.text("{\"layers\":[]}"), MediaTypes.OCI_MANIFEST);
    holds("{\"layers\":[]}", MediaTypes.OCI_MANIFEST);
    registry.with(on("PUT", status(201)));
    AtomicInteger count = new AtomicInteger();
    registry.with(
        exchange ->
            serving(
                    MediaTypes.OCI_MANIFEST,
                    Samples.text("{\"layers\":[],\"n\":" + count.incrementAndGet() + "}"))
                .answers(exchange));

    assertThat(
            Refusals.troubleOf(
                () -> Tagger.assign(repository, "latest", wanted.digest(), Tagger.Mobility.MOVING)))
        .isEqualTo(RegistryTrouble.DIGEST_MISMATCH);
  }
}
