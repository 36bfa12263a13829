package dev.floe.gate.adapter.policy;

import static dev.floe.gate.application.GateResult.Outcome.ERRORED;
import static dev.floe.gate.application.GateResult.Outcome.FAILED;
import static dev.floe.gate.application.GateResult.Outcome.PASSED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.embedded.oci.OciRegistryServer;
import dev.floe.gate.application.GateResult;
import dev.floe.gate.application.PolicyOrder;
import dev.floe.gate.application.Subject;
import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.manifest.PolicyRule;
import dev.floe.manifest.Registry;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryUrl;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Requirement("328.9")
class PolicyComplianceTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  @TempDir Path folder;
  private OciRegistryServer server;
  private Registries registries;
  private Repository place;
  private RawManifest manifest;

  @BeforeEach
  void publish() throws IOException {
    server = OciRegistryServer.start(folder);
    registries = Registries.withDefaults();
    place = registries.repository(url(), "floe-platform", RegistryAccess.anonymous());
    Descriptor config = blob("{}");
    Descriptor layer = blob("policies");
    manifest =
        put(
            """
            {"schemaVersion":2,"mediaType":"%s","artifactType":"application/vnd.acme.platform.v1",
             "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},
             "layers":[{"mediaType":"application/vnd.acme.policies.tar+gzip","digest":"%s","size":8}],
             "annotations":{"org.opencontainers.image.created":"2026-11-24T12:00:00+01:00","team":"data"}}
            """
                .formatted(MediaTypes.OCI_MANIFEST, config.digest(), layer.digest()));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private RegistryUrl url() {
    return RegistryUrl.parse("oci://" + server.host() + "/dev");
  }

  private Descriptor blob(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    Descriptor blob =
        new Descriptor("application/octet-stream", Digest.sha256(bytes), bytes.length);
    place.putBlob(blob, BlobSource.of(bytes));
    return blob;
  }

  private RawManifest put(String json) {
    RawManifest raw = RawManifest.of(json.getBytes(UTF_8), MediaTypes.OCI_MANIFEST);
    place.putManifest(raw);
    return raw;
  }

  private PolicyOrder order(RegistryUrl url, Digest digest, PolicyRule... rules) {
    Subject subject =
        new Subject(
            url.host() + "/dev/floe-platform@" + digest, digest, "v1.2.3", "dev", "staging");
    return new PolicyOrder(
        "policy_compliance",
        Arrays.asList(rules),
        Duration.ofSeconds(20),
        new Registry("primary", url, RegistryAccess.anonymous()),
        "floe-platform",
        subject,
        "active");
  }

  private GateResult evaluate(PolicyRule... rules) {
    return evaluate(order(url(), manifest.digest(), rules));
  }

  private GateResult evaluate(PolicyOrder order) {
    return new PolicyCompliance(registries, InstantSource.fixed(NOW)).evaluate(order);
  }

  private static PolicyRule rule(String expression) {
    return new PolicyRule("the-rule", expression, "The rule says no.");
  }

  @Test
  void the_default_rules_pass_for_a_sound_artifact() {
    GateResult result = evaluate(PolicyRule.DEFAULTS.toArray(PolicyRule[]::new));

    assertThat(result.outcome()).describedAs(result.output()).isEqualTo(PASSED);
    assertThat(result.output()).contains("✓ has-content", "✓ not-end-of-life");
    assertThat(result.outputDigest()).isEqualTo(Digest.sha256(result.output()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "artifact.name == 'floe-platform' && artifact.version == 'v1.2.3'",
        "artifact.ref.endsWith(artifact.digest)",
        "artifact.digest.startsWith('sha256:')",
        "artifact.media_type == 'application/vnd.oci.image.manifest.v1+json'",
        "artifact.artifact_type == 'application/vnd.acme.platform.v1'",
        "artifact.config_type == 'application/vnd.oci.empty.v1+json'",
        "!artifact.is_index",
        "artifact.size > 10 && artifact.size < 10 * 1024",
        "artifact.annotations.team == 'data' && !('owner' in artifact.annotations)",
        "size(artifact.layers) == 1 && artifact.layers.all(l, l.size < 9)",
        "artifact.layers[0].media_type == 'application/vnd.acme.policies.tar+gzip'",
        "artifact.manifest.schemaVersion == 2 && artifact.manifest.config.size == 2",
        "artifact.has_created && artifact.created < now",
        "artifact.age == duration('25h')",
        "artifact.lifecycle == 'active'",
        "!artifact.signed && artifact.signatures == [] && artifact.referrers == []",
        "from_env == 'dev' && to_env == 'staging'",
        "artifact.version.matches('^v[0-9]+[.]')"
      })
  void a_rule_can_speak_of(String expression) {
    assertThat(evaluate(rule(expression)))
        .returns("✓ the-rule", GateResult::output)
        .returns(PASSED, GateResult::outcome);
  }

  @Test
  void a_false_rule_fails_with_its_message_and_all_rules_are_told() {
    GateResult result =
        evaluate(
            rule("artifact.signed"),
            new PolicyRule("small", "artifact.size < 1", ""),
            new PolicyRule("named", "artifact.name != ''", "It has no name."));

    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.reason()).isEqualTo("2 rules not met");
    assertThat(result.message())
        .isEqualTo("the-rule: The rule says no.; small: not met: artifact.size < 1");
    assertThat(result.output())
        .isEqualTo("✗ the-rule: The rule says no.\n✗ small: not met: artifact.size < 1\n✓ named");
    assertThat(result.hint()).contains("promote again");
    assertThat(result.exitCode()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "artifact.sise > 0             | the-rule:1:1: undeclared reference to 'artifact'",
        "true && owner == 'me'         | the-rule:1:9: undeclared reference to 'owner'",
        "artifact.size >               | the-rule:1:16: mismatched input",
        "artifact.size + 1             | the-rule:1:15: expected type 'bool' but found 'int'",
        "artifact.size > 'big'         | the-rule:1:15: found no matching overload",
        "``                            | the-rule:1:1",
        "artifact.annotations.x == ''  | the-rule:1:21: ",
        "1 / (artifact.size * 0) == 1  | the-rule:1:3: ",
        "artifact.manifest.schemaVersion | the-rule: the expression gives 2, not true or false"
      })
  void a_rule_without_an_answer_errors_naming_rule_and_position(String expression, String where) {
    GateResult result = evaluate(rule(expression), new PolicyRule("never", "false", "No."));

    assertThat(result.outcome()).isEqualTo(ERRORED);
    assertThat(result.reason()).isEqualTo("rule not evaluable");
    assertThat(result.message()).startsWith("A rule cannot be evaluated: " + where);
    assertThat(result.output()).contains("✗ the-rule").contains("✗ never: No.");
    assertThat(result.hint()).contains("docs/gates.md");
  }

  @Test
  void an_error_on_a_later_line_is_found_there() {
    assertThat(evaluate(rule("artifact.size > 0\n  && artifact.annotations.x == 'y'")).message())
        .contains("the-rule:2:");
  }

  @Test
  void a_rule_that_never_ends_is_ended() {
    StringBuilder loops = new StringBuilder();
    for (char name = 'a'; name <= 'l'; name++) {
      loops.append("[1,2,3,4,5,6,7,8,9,0].all(%s, ".formatted(name));
    }
    GateResult result = evaluate(rule(loops + "true" + ")".repeat(12)));

    assertThat(result.outcome()).isEqualTo(ERRORED);
    assertThat(result.duration()).isLessThan(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @MethodSource("explosions")
  void a_rule_that_would_explode_errors_in_time_and_says_why(String expression, String why) {
    GateResult result = evaluate(rule(expression));

    assertThat(result.outcome()).isEqualTo(ERRORED);
    assertThat(result.message()).contains("the-rule").containsPattern(why);
    assertThat(result.duration()).isLessThan(Duration.ofSeconds(4));
  }

  static Stream<Arguments> explosions() {
    String text = "[artifact.ref]" + ".map(x, x + x)".repeat(40);
    String list = "[[1, 2, 3]]" + ".map(x, x + x)".repeat(40);
    String bytes = "[b'abcdefgh']" + ".map(x, x + x)".repeat(40);
    String all = "[1,2,3,4,5,6,7,8,9,0].map(%s, ";
    String nested =
        all.formatted("a") + all.formatted("b") + all.formatted("c") + all.formatted("d");
    return Stream.of(
        Arguments.of(text + "[0] != ''", "builds more than"),
        Arguments.of(text + "[0] != '' || true", "builds more than"),
        Arguments.of(list + "[0].size() > 0", "builds more than"),
        Arguments.of(bytes + "[0].size() > 0", "builds more than"),
        Arguments.of(
            nested + "artifact.ref" + " + artifact.ref".repeat(16) + ")))) != []",
            "builds more than"),
        Arguments.of(
            all.formatted("a")
                + all.formatted("b")
                + all.formatted("c")
                + all.formatted("d")
                + all.formatted("e")
                + "1))))) == []",
            "teration|longer"),
        Arguments.of(
            "artifact.ref.matches('(((a{1,30}){1,30}){1,30})')", "egex|program|repeat|parse"));
  }

  @Test
  void a_nesting_deeper_than_anything_sensible_errors() {
    assertThat(evaluate(rule("(".repeat(1_000) + "true" + ")".repeat(1_000))).outcome())
        .isEqualTo(ERRORED);
  }

  @Test
  void signatures_are_found_as_cosigns_tag_and_as_referrers() {
    RawManifest signature =
        put(
            """
            {"schemaVersion":2,"mediaType":"%s",
             "artifactType":"application/vnd.dev.sigstore.bundle.v0.3+json",
             "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},
             "layers":[],"subject":{"mediaType":"%s","digest":"%s","size":%d}}
            """
                .formatted(
                    MediaTypes.OCI_MANIFEST,
                    blob("{}").digest(),
                    MediaTypes.OCI_MANIFEST,
                    manifest.digest(),
                    manifest.size()));
    assertThat(evaluate(rule("artifact.signed && size(artifact.signatures) == 1")).outcome())
        .isEqualTo(PASSED);

    place.tag("sha256-" + manifest.digest().hex() + ".sig", signature);

    assertThat(evaluate(rule("size(artifact.signatures) == 2")).outcome()).isEqualTo(PASSED);
  }

  @Test
  void an_index_counts_the_layers_of_all_its_images_once() {
    String entry =
        "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
            .formatted(MediaTypes.OCI_MANIFEST, manifest.digest(), manifest.size());
    RawManifest index =
        RawManifest.of(
            "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s,%s]}"
                .formatted(MediaTypes.OCI_INDEX, entry, entry)
                .getBytes(UTF_8),
            MediaTypes.OCI_INDEX);
    place.putManifest(index);
    PolicyRule rule =
        rule("artifact.is_index && size(artifact.layers) == 1 && !artifact.has_created");

    assertThat(evaluate(order(url(), index.digest(), rule)).outcome()).isEqualTo(PASSED);
  }

  @Test
  void an_artifact_that_is_not_there_errors_and_names_the_place() {
    GateResult result = evaluate(order(url(), Digest.sha256("gone"), rule("true")));

    assertThat(result.outcome()).isEqualTo(ERRORED);
    assertThat(result.reason()).isEqualTo("artifact not readable");
    assertThat(result.message()).contains(server.host()).contains("dev/floe-platform");
    assertThat(result.hint()).contains("publish the version again");
  }

  @Test
  void an_artifact_that_is_invalid_errors() {
    byte[] json = "{\"schemaVersion\":2,\"layers\":[{\"size\":-1}]}".getBytes(UTF_8);
    RawManifest raw = RawManifest.of(json, MediaTypes.OCI_MANIFEST);
    place.putManifest(manifest);

    assertThat(evaluate(order(url(), raw.digest(), rule("true"))).outcome()).isEqualTo(ERRORED);
  }

  @Test
  void a_registry_that_says_nothing_is_waited_for_no_longer_than_the_gate_may_take()
      throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      RegistryUrl url = RegistryUrl.parse("oci://127.0.0.1:" + silent.getLocalPort() + "/dev");
      PolicyOrder order = order(url, manifest.digest(), rule("true"));
      PolicyOrder hasty =
          new PolicyOrder(
              order.gate(),
              order.rules(),
              Duration.ofMillis(400),
              order.registry(),
              order.artifact(),
              order.subject(),
              order.lifecycle());

      GateResult result = evaluate(hasty);

      assertThat(result.outcome()).isEqualTo(ERRORED);
      assertThat(result.reason()).isEqualTo("timeout after 400ms");
      assertThat(result.duration()).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void a_gate_without_rules_errors() {
    assertThat(evaluate(order(url(), manifest.digest())))
        .returns(ERRORED, GateResult::outcome)
        .returns("no rules", GateResult::reason);
  }
}
