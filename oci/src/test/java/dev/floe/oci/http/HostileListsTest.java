package dev.floe.oci.http;

import static dev.floe.oci.testing.Faults.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.ReferrersTag;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.testing.Faults;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.FaultyProxy.Fault;
import dev.floe.oci.testing.Place;
import dev.floe.oci.testing.Refusals;
import dev.floe.oci.testing.Samples;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of tags and referrers without end, without sense, or with less than there is. */
@Timeout(30)
class HostileListsTest {

  private static final Digest SUBJECT = Digest.sha256("subject");

  private FaultyProxy registry;
  private Repository repository;
  private final AtomicInteger page = new AtomicInteger();

  @BeforeEach
  void open() {
    registry = FaultyProxy.alone();
    repository = Place.client(registry.host()).repository("dev/app");
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private boolean page(HttpExchange exchange, String body) throws IOException {
    String next = exchange.getRequestURI().getPath() + "?last=" + page.incrementAndGet();
    Map<String, String> headers = Map.of("Link", "<" + next + ">; rel=\"next\"");
    return FaultyProxy.answer(exchange, 200, headers, Samples.text(body));
  }

  private static Fault linking(String link) {
    byte[] body = Samples.text("{\"tags\":[\"a\"]}");
    return exchange -> FaultyProxy.answer(exchange, 200, Map.of("Link", link), body);
  }

  private RegistryTrouble tagsTrouble() {
    return Refusals.troubleOf(repository::tags);
  }

  private RegistryTrouble referrersTrouble() {
    return Refusals.troubleOf(() -> repository.referrers(SUBJECT));
  }

  @Test
  void tags_on_ever_new_pages_end() {
    registry.with(exchange -> page(exchange, "{\"tags\":[]}"));

    assertThat(tagsTrouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(registry.seen()).hasSizeLessThanOrEqualTo(1_000);
  }

  @Test
  void tags_on_huge_pages_end_before_they_fill_the_memory() {
    AtomicLong sent = new AtomicLong();
    String huge = "{\"tags\":[\"" + "a".repeat(4_000_000) + "\"]}";
    registry.with(
        exchange -> {
          sent.addAndGet(huge.length());
          return page(exchange, huge);
        });

    assertThat(tagsTrouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(sent).hasValueLessThan(80_000_000);
  }

  @Test
  void tags_that_are_none_are_not_listed() {
    String tooLong = "t".repeat(129);
    String body =
        "{\"tags\":[\"v1\",\"../x\",\"a b\",\"\",\"x\\ny\",\"" + tooLong + "\",7,null,\"v2\"]}";
    registry.with(Faults.serving("application/json", Samples.text(body)));

    assertThat(repository.tags()).containsExactly("v1", "v2");
  }

  @Test
  void tags_that_break_off_are_not_taken_for_all_there_are() {
    registry.with(Faults.times(1, exchange -> page(exchange, "{\"tags\":[\"v1\"]}")));

    assertThat(Refusals.of(repository::tags))
        .returns(RegistryTrouble.INVALID_RESPONSE, RegistryException::trouble)
        .hasMessageContaining("breaks off");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<http://[>; rel=\"next\"",
        "<http://a b/>; rel=next",
        "<%%>; rel=next",
        "<file:///etc/passwd>; rel=\"next\"",
        "<//localhost/v2/x>; rel=\"next\"",
        "<https://127.0.0.1/v2/x>; rel=\"next\"",
        "<http://127.0.0.1:1/v2/x>; rel=\"next\""
      })
  void tags_that_go_on_where_they_may_not_are_not_followed(String link) {
    registry.with(linking(link));

    assertThat(tagsTrouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(registry.seen()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<a>;", "<a>; rel=", "<<<<", "<a>; x=rel "})
  void tags_with_a_link_as_long_as_a_head_may_be_take_no_time(String unit) {
    registry.with(linking(unit.repeat(15_000 / unit.length())));

    assertThat(tagsTrouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<a>;", "<a>; rel=", "<<<<", "<a>; x=rel "})
  @Timeout(5)
  void tags_with_a_link_longer_than_a_head_may_be_are_told_quickly(String unit) {
    registry.with(linking(unit.repeat(300_000 / unit.length())));

    assertThat(Refusals.of(repository::tags))
        .returns(RegistryTrouble.UNREACHABLE, RegistryException::trouble)
        .hasMessageContaining("the head of its answer is longer than any sensible one");
  }

  @Test
  void referrers_on_ever_new_pages_end() {
    registry.with(exchange -> page(exchange, "{\"manifests\":[]}"));

    assertThat(referrersTrouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    assertThat(registry.seen()).hasSizeLessThanOrEqualTo(1_000);
  }

  @Test
  void referrers_that_break_off_are_not_taken_for_all_there_are() {
    registry.with(Faults.times(1, exchange -> page(exchange, "{\"manifests\":[]}")));

    assertThat(referrersTrouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>sign in</html>",
        "{\"manifests\":[{}]}",
        "{\"manifests\":[{\"digest\":\"sha256:zz\",\"size\":1}]}",
        "{\"manifests\":[{\"digest\":\"md5:d41d8cd98f00b204e9800998ecf8427e\",\"size\":1}]}",
        "{\"manifests\":[{\"digest\":\"%s\",\"size\":-1}]}",
        "{\"manifests\":[{\"digest\":\"%s\",\"size\":999999999999999999}]}",
        "{\"manifests\":[{\"digest\":\"%s\",\"size\":1e400}]}",
        "{\"manifests\":[{\"digest\":\"%s\"}]}",
        "{\"manifests\":[],\"manifests\":[]}",
        "{\"manifests\":{}}",
        "[[[[[[[["
      })
  void referrers_without_sense_are_refused(String body) {
    registry.with(
        Faults.serving(MediaTypes.OCI_INDEX, Samples.text(body.replace("%s", "" + SUBJECT))));

    assertThat(referrersTrouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
  }

  private void fallbackTagHolds(String type, byte[] bytes) {
    registry.with(
        exchange ->
            exchange.getRequestURI().getPath().endsWith("/manifests/" + ReferrersTag.of(SUBJECT))
                && Faults.serving(type, bytes).answers(exchange));
    registry.with(Faults.on("PUT", status(201)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"manifests\":5}",
        "{\"manifests\":[{\"size\":1}]}",
        "{broken",
        "{\"manifests\":[],\"layers\":[]}"
      })
  void a_fallback_tag_without_sense_is_refused_and_not_overwritten(String body) {
    fallbackTagHolds(MediaTypes.OCI_INDEX, Samples.text(body));
    Descriptor subject = new Descriptor(MediaTypes.OCI_MANIFEST, SUBJECT, 7);
    RawManifest referrer =
        RawManifest.of(
            Samples.text("{\"layers\":[],\"subject\":" + Samples.json(subject) + "}"),
            MediaTypes.OCI_MANIFEST);

    assertThat(referrersTrouble()).isEqualTo(RegistryTrouble.INVALID_RESPONSE);
    if (!body.contains("layers")) {
      assertThat(Refusals.troubleOfRun(() -> repository.putManifest(referrer)))
          .isEqualTo(RegistryTrouble.INVALID_RESPONSE);
      assertThat(registry.count("PUT", ReferrersTag.of(SUBJECT))).isZero();
    }
  }

  @Test
  void a_fallback_tag_at_the_subject_itself_lists_nothing() {
    byte[] index = Samples.text("{\"manifests\":[" + Samples.json(descriptor()) + "]}");
    Digest subject = Digest.sha256(index);
    registry.with(
        exchange ->
            exchange.getRequestURI().getPath().endsWith("/manifests/" + ReferrersTag.of(subject))
                && Faults.serving(MediaTypes.OCI_INDEX, index).answers(exchange));

    assertThat(repository.referrers(subject).manifests()).isEmpty();
  }

  @Test
  void a_fallback_tag_that_always_forgets_is_given_up() {
    registry.with(Faults.on("PUT", status(201)));
    RawManifest referrer =
        RawManifest.of(
            Samples.text("{\"layers\":[],\"subject\":" + Samples.json(descriptor()) + "}"),
            MediaTypes.OCI_MANIFEST);

    assertThat(Refusals.troubleOfRun(() -> repository.putManifest(referrer)))
        .isEqualTo(RegistryTrouble.UNREACHABLE);
    assertThat(registry.seen()).hasSizeLessThan(20);
  }

  private static Descriptor descriptor() {
    return new Descriptor(MediaTypes.OCI_MANIFEST, SUBJECT, 7);
  }
}
