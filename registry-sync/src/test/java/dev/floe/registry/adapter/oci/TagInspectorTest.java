package dev.floe.registry.adapter.oci;

import static dev.floe.oci.testing.Faults.on;
import static dev.floe.oci.testing.Faults.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ManifestParser;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryUrl;
import dev.floe.manifest.Version;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.copy.Copier;
import dev.floe.oci.testing.FaultyProxy;
import dev.floe.oci.testing.Place;
import dev.floe.registry.application.CopyWatch;
import dev.floe.registry.application.TagInspection.Seen;
import dev.floe.registry.application.TagInspection.Unread;
import dev.floe.registry.domain.DriftKind;
import dev.floe.registry.domain.RegistryCommand.RecordTagAssignment;
import dev.floe.registry.domain.RegistryDecider;
import dev.floe.registry.domain.RegistryEvent;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentFailed;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentStarted;
import dev.floe.registry.domain.RegistryEvent.TagsAssigned;
import dev.floe.registry.domain.RegistryTarget;
import dev.floe.registry.domain.TagFinding;
import dev.floe.registry.domain.TagStage;
import dev.floe.registry.domain.Works;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags that are set in a real registry with a moody proxy before it, and then compared. */
class TagInspectorTest {

  private static final Version V1 = Version.parse("v1.0.0");
  private static final Version V2 = Version.parse("v1.0.1");

  @TempDir Path folder;
  private Place.Open place;
  private FaultyProxy proxy;
  private RegistryTarget staging;
  private Manifest manifest;
  private final Registries registries = new Registries(Place.SETTINGS, Map.of());
  private Works works = Works.none();

  @BeforeEach
  void open() {
    place = Place.EMBEDDED.open(folder);
    proxy = FaultyProxy.before(place.host());
    staging = new RegistryTarget("primary", "oci://" + proxy.host() + "/staging");
    manifest =
        ManifestParser.parse(
                """
                environments:
                  dev: {registry: "oci-layout:%s"}
                  staging: {registry: "%s"}
                promotion: {path: dev → staging}
                """
                    .formatted(folder.resolve("dev"), staging.url()),
                "manifest.yaml")
            .orThrow();
  }

  @AfterEach
  void close() {
    proxy.close();
    place.close();
  }

  private Repository repository(RegistryUrl url, String artifact) {
    return registries.repository(url, artifact, RegistryAccess.anonymous());
  }

  private Digest put(String content) {
    String text =
        "{\"schemaVersion\":2,\"layers\":[],\"annotations\":{\"a\":\"%s\"}}".formatted(content);
    RawManifest image = RawManifest.of(text.getBytes(UTF_8), MediaTypes.OCI_MANIFEST);
    there().putManifest(image);
    return image.digest();
  }

  /** Past the proxy. */
  private Repository there() {
    return place.registry().repository("staging/app");
  }

  private RecordTagAssignment tag(Version version, Digest digest, int intent) {
    List<String> tags = List.of(version + "-staging", "latest-staging");
    var started =
        new TagAssignmentStarted(
            "req-" + intent,
            intent,
            TagStage.ENVIRONMENT,
            version,
            digest,
            "dev",
            "staging",
            List.of(staging),
            tags,
            1,
            Instant.MAX);
    var work =
        new OciWork(
            this::repository,
            new Copier(),
            new Attestor(Optional::empty, Map.of()),
            new CopyWatch());
    happened(started);
    RecordTagAssignment result = work.tag("app", started, () -> {});
    happened(
        result.assigned()
            ? new TagsAssigned(
                started.promotion(),
                intent,
                TagStage.ENVIRONMENT,
                version,
                digest,
                "dev",
                "staging",
                result.refs())
            : new TagAssignmentFailed(
                started.promotion(),
                intent,
                TagStage.ENVIRONMENT,
                version,
                digest,
                "dev",
                "staging",
                result.trouble(),
                result.message()));
    return result;
  }

  private void happened(RegistryEvent event) {
    works =
        new RegistryDecider()
            .evolve(
                works,
                new Recorded<>("id", "app", 1, Instant.EPOCH, Actor.system("test"), "c", event));
  }

  private Seen look() {
    return new TagInspector(this::repository).inspect("app", works.tags(), manifest);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 500})
  @Requirement("327.6")
  void a_registry_that_cannot_be_read_is_named(int status) {
    assertThat(tag(V1, put("1"), 2).assigned()).isTrue();
    there().tag("v1.0.0-staging", there().manifest(put("other")));
    proxy.with(on("GET", status(status)));

    Seen seen = look();

    assertThat(seen.check().findings()).isEmpty();
    assertThat(seen.unread())
        .extracting(Unread::repository)
        .containsExactly(staging.url() + "/app");
    assertThat(seen.unread().getFirst().problem().exitCode()).isEqualTo(5);
    assertThat(seen.check().repositories()).doesNotContain(staging.url() + "/app");
  }

  @Test
  @Requirement("327.6")
  void a_list_of_tags_that_leads_back_to_itself_was_not_read() {
    proxy.with(
        exchange -> exchange.getRequestURI().getPath().endsWith("/tags/list") && circle(exchange));

    assertThat(look().unread().getFirst())
        .returns(ProblemCode.REGISTRY_REFUSED, Unread::problem)
        .extracting(Unread::message)
        .asString()
        .contains("does not end");
  }

  private static boolean circle(HttpExchange exchange) throws java.io.IOException {
    String self = "<%s>; rel=\"next\"".formatted(exchange.getRequestURI());
    byte[] page = "{\"name\":\"app\",\"tags\":[\"v1.0.0-staging\"]}".getBytes(UTF_8);
    return FaultyProxy.answer(exchange, 200, Map.of("Link", self), page);
  }

  @Test
  @Requirement("327.6")
  void an_answer_that_has_no_list_was_not_read() {
    proxy.with(on("GET", dev.floe.oci.testing.Faults.serving("x/y", "{}".getBytes(UTF_8))));

    assertThat(look().unread()).hasSize(1);
  }

  @Test
  @Requirement("337.8")
  void a_registry_whose_tags_never_move_is_left_without_a_trace() {
    Digest first = put("1");
    assertThat(tag(V1, first, 2).assigned()).isTrue();
    proxy.with(
        on(
            "PUT",
            exchange ->
                exchange.getRequestURI().getPath().endsWith("/latest-staging")
                    && status(412).answers(exchange)));

    RecordTagAssignment refused = tag(V2, put("2"), 3);

    assertThat(refused.trouble()).isEqualTo("registry-refused");
    assertThat(refused.message()).contains("412", "latest: false");
    assertThat(there().tags()).containsExactlyInAnyOrder("v1.0.0-staging", "latest-staging");
    assertThat(look().check().findings()).isEmpty();
  }

  @Test
  @Requirement("337.8")
  void a_tag_that_moved_goes_back_when_the_others_cannot_be_set() {
    Digest first = put("1");
    assertThat(tag(V1, first, 2).assigned()).isTrue();
    proxy.with(
        on(
            "PUT",
            exchange ->
                exchange.getRequestURI().getPath().endsWith("/v1.0.1-staging")
                    && status(507).answers(exchange)));

    assertThat(tag(V2, put("2"), 3).assigned()).isFalse();

    assertThat(there().head("latest-staging").orElseThrow().digest()).isEqualTo(first);
    assertThat(look().check().findings()).isEmpty();
  }

  @Test
  @Requirement("337.8")
  void a_version_that_stands_elsewhere_is_refused_before_anything_moves() {
    Digest first = put("1");
    assertThat(tag(V1, first, 2).assigned()).isTrue();
    there().tag("v1.0.1-staging", there().manifest(put("other")));

    assertThat(tag(V2, put("2"), 3).trouble()).isEqualTo("immutable-tag");

    assertThat(there().head("latest-staging").orElseThrow().digest()).isEqualTo(first);
  }

  @Test
  @Requirement({"327.6", "337.8"})
  void what_floe_set_itself_before_it_failed_is_not_foreign_until_somebody_moves_it() {
    Digest digest = put("1");
    proxy.with(
        on(
            "GET",
            exchange ->
                exchange.getRequestURI().getPath().endsWith("/v1.0.0-staging")
                    && status(500).answers(exchange)));
    assertThat(tag(V1, digest, 2).assigned()).isFalse();
    proxy.behave();
    assertThat(there().tags()).contains("v1.0.0-staging");

    assertThat(look().check().findings()).isEmpty();

    there().tag("v1.0.0-staging", there().manifest(put("other")));
    assertThat(look().check().findings())
        .extracting(TagFinding::kind)
        .containsExactly(DriftKind.FOREIGN);
  }
}
