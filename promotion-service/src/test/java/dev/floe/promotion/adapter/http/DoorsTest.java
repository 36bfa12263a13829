package dev.floe.promotion.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.messaging.Envelope;
import dev.floe.messaging.LogReader;
import dev.floe.promotion.adapter.Reply;
import dev.floe.promotion.adapter.Running;
import dev.floe.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorsTest {

  private static final String VERSIONS = "/api/v1/artifacts/floe-platform/versions";
  private static final String PROMOTIONS = "/api/v1/promotions";
  private static final String MANIFEST = "/api/v1/manifest";
  private static final String DANA = "dana@acme.com";

  private Running running;

  @BeforeAll
  void start() throws Exception {
    running = new Running();
    assertThat(running.put(MANIFEST, Running.OWNER, running.manifest()).status()).isEqualTo(200);
    assertThat(running.service().isReady()).isTrue();
  }

  @AfterAll
  void stop() {
    running.close();
  }

  @Nested
  class Publishing {

    @Test
    @Requirement({"327.1", "327.2"})
    void registers_what_the_environments_tag_points_at() throws Exception {
      Digest digest = running.pushed("v1.0.0-dev");

      Reply reply = running.post(VERSIONS, DANA, "{\"version\":\"v1.0.0\"}");

      assertThat(reply.status()).isEqualTo(202);
      assertThat(reply.text("digest")).isEqualTo(digest.toString());
      assertThat(reply.text("ref"))
          .isEqualTo("oci://%s/dev/floe-platform:v1.0.0-dev".formatted(running.registryHost()));
      assertThat(reply.body().whole("size").orElse(0)).isPositive();
      assertThat(reply.header("Floe-Position")).isPresent();
      assertThat(reply.header("Location")).contains(VERSIONS + "/v1.0.0");
      assertThat(running.post(VERSIONS, DANA, "{\"version\":\"v1.0.0\"}").status()).isEqualTo(200);
    }

    @Test
    void registers_what_the_plain_tag_points_at_too() throws Exception {
      Digest digest = running.pushed("v1.0.1");

      assertThat(running.post(VERSIONS, DANA, "{\"version\":\"v1.0.1\"}").text("digest"))
          .isEqualTo(digest.toString());
    }

    @Test
    @Requirement("327.6")
    void refuses_another_digest_under_a_known_version() throws Exception {
      running.pushed("v1.0.2");
      Digest other = running.pushed("v1.0.2-other");
      running.post(VERSIONS, DANA, "{\"version\":\"v1.0.2\"}");

      Reply reply =
          running.post(
              VERSIONS, DANA, "{\"version\":\"v1.0.2\",\"digest\":\"%s\"}".formatted(other));

      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.text("code")).isEqualTo("immutable-tag");
      assertThat(reply.body().whole("exitCode").orElse(0)).isEqualTo(4);
    }

    @Test
    void says_which_tag_is_missing() throws Exception {
      Reply reply = running.post(VERSIONS, DANA, "{\"version\":\"v9.0.0\"}");

      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.text("code")).isEqualTo("tag-missing");
      assertThat(reply.text("detail")).contains("v9.0.0-dev").contains("v9.0.0");
    }

    @Test
    @Requirement("333.2")
    void says_what_is_wrong_with_a_version() throws Exception {
      Reply reply = running.post(VERSIONS, DANA, "{\"version\":\"1.2\"}");

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text("code")).isEqualTo("invalid-version");
    }
  }

  @Nested
  class Promoting {

    @Test
    @Requirement({"326.6", "326.2"})
    void answers_with_the_promotion_and_where_to_look() throws Exception {
      published("v1.1.0");

      Reply reply =
          running.post(PROMOTIONS, DANA, "{\"version\":\"v1.1.0-dev\",\"to\":\"staging\"}");

      assertThat(reply.status()).isEqualTo(202);
      assertThat(reply.text("id")).startsWith("req-");
      assertThat(reply.text("state")).isEqualTo("validating");
      assertThat(reply.text("requestedBy")).isEqualTo(DANA);
      assertThat(reply.header("Location")).contains(PROMOTIONS + "/" + reply.text("id"));
      cancel(reply.text("id"));
    }

    @Test
    void again_is_the_same_promotion() throws Exception {
      published("v1.1.1");
      String body = "{\"version\":\"v1.1.1\",\"to\":\"staging\"}";
      String id = running.post(PROMOTIONS, DANA, body).text("id");

      Reply again = running.post(PROMOTIONS, DANA, body);

      assertThat(again.status()).isEqualTo(200);
      assertThat(again.text("id")).isEqualTo(id);
      assertThat(again.text("state")).isEqualTo("validating");
      cancel(id);
    }

    @Test
    void under_one_idempotency_key_has_one_answer() throws Exception {
      published("v1.1.2");
      String body = "{\"version\":\"v1.1.2\",\"to\":\"staging\"}";
      Reply first = running.post(PROMOTIONS, DANA, body, "Idempotency-Key", "k1");
      Reply second = running.post(PROMOTIONS, DANA, body, "Idempotency-Key", "k1");
      Reply other =
          running.post(PROMOTIONS, DANA, body.replace("staging", "prod"), "Idempotency-Key", "k1");

      assertThat(second.status()).isEqualTo(202);
      assertThat(second.text("id")).isEqualTo(first.text("id"));
      assertThat(other.text("code")).isEqualTo("idempotency-key-reused");
      cancel(first.text("id"));
    }

    @Test
    void refused_still_has_an_id_and_all_reasons() throws Exception {
      published("v1.1.3");

      Reply reply = running.post(PROMOTIONS, DANA, "{\"version\":\"v1.1.3\",\"to\":\"prod\"}");

      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.text("promotion")).startsWith("req-");
      assertThat(reply.texts("blockedBy", "code"))
          .containsExactly("skipped-environment", "approval-needed");
      assertThat(reply.body().whole("exitCode").orElse(0)).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'version':'v1.0.0','to':''}",
          "{'version':'','to':'staging'}",
          "{'version':'v1.0.0','to':'staging','from':''}",
          "{'version':'v1.0.0','to':'staging','artifact':''}",
          "{'version':'v1.0.0','to':'staging','reason':' '}",
          "{'version':'v1.0.0','to':'staging','plan':''}",
          "{'version':'v1.0.0','to':'staging','retry':''}",
          "{'version':'v1.0.0','to':'staging','registries':['']}",
          "{'version':'v1.0.0','to':'a\\u0000b'}",
          "{'version':'v1.0.0','to':'\\ud800'}",
          "{'version':'v1.0.0\\u202e','to':'staging'}",
          "{'version':'v1.0.0','to':'staging','dryrun':true}",
          "{'version':'v1.0.0','to':'staging','dryRun':''}",
          "{'version':'v1.0.0','to':'staging','to':'prod'}",
          "{'version':'v1.0.0','to':'staging'} trailing",
          "null",
        })
    void records_nothing_of_what_it_cannot_take(String body) throws Exception {
      List<?> before = running.service().lines().of(Running.ARTIFACT).openPromotions();

      Reply reply = running.post(PROMOTIONS, DANA, body.replace('\'', '"'));

      assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
      assertThat(reply.body().whole("exitCode").orElse(0)).isEqualTo(2);
      assertThat(reply.header("Floe-Position")).isEmpty();
      assertThat(running.service().lines().of(Running.ARTIFACT).openPromotions()).isEqualTo(before);
    }

    @Test
    void refuses_texts_of_any_length_in_a_short_sentence_and_goes_on() throws Exception {
      for (int length : new int[] {129, 3_000, 60_000}) {
        String text = "x".repeat(length);
        Reply to =
            running.post(PROMOTIONS, DANA, "{\"version\":\"v1\",\"to\":\"%s\"}".formatted(text));
        Reply version =
            running.post(PROMOTIONS, DANA, "{\"version\":\"%s\",\"to\":\"prod\"}".formatted(text));
        Reply reason =
            running.post(PROMOTIONS + "/req-x/cancel", DANA, "{\"reason\":\"%s\"}".formatted(text));

        assertThat(to.status()).isEqualTo(400);
        assertThat(to.text("detail")).contains("128").hasSizeLessThan(300);
        assertThat(version.text("code")).isEqualTo("invalid-version");
        assertThat(reason.status()).isEqualTo(length > 2_000 ? 400 : 404);
      }
    }

    @Test
    void goes_on_under_the_trace_that_the_request_came_with() throws Exception {
      published("v1.1.7");
      String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
      String body = "{\"version\":\"v1.1.7\",\"to\":\"staging\"}";

      String id = running.post(PROMOTIONS, DANA, body, "traceparent", trace).text("id");

      assertThat(traces(id)).isNotEmpty().containsOnly(trace);
      cancel(id);
    }

    private List<String> traces(String promotion) {
      List<String> traces = new ArrayList<>();
      var bus = running.bus();
      try (var admin = bus.kafka().admin("reader")) {
        new LogReader(bus.kafka(), admin)
            .read(
                LogReader.partitions(Topics.PROMOTION_EVENTS.name(), bus.partitions()),
                "reader",
                record -> {
                  if (Envelope.text(record.headers(), Envelope.CORRELATION)
                      .filter(promotion::equals)
                      .isPresent()) {
                    traces.add(
                        Envelope.text(record.headers(), Envelope.TRACEPARENT).orElse("none"));
                  }
                });
      }
      return traces;
    }

    @Test
    void takes_what_it_needs_and_no_override() throws Exception {
      assertThat(running.post(PROMOTIONS, DANA, "{\"version\":\"v1.0.0\"}").status())
          .isEqualTo(400);
      Reply forced =
          running.post(
              PROMOTIONS, DANA, "{\"version\":\"v1.0.0\",\"to\":\"staging\",\"force\":true}");
      assertThat(forced.status()).isEqualTo(422);
      assertThat(forced.text("code")).isEqualTo("not-supported-yet");
    }

    @Test
    @Requirement("338.2")
    void as_a_dry_run_shows_the_plan_and_opens_nothing() throws Exception {
      published("v1.1.4");

      Reply dry =
          running.post(
              PROMOTIONS, DANA, "{\"version\":\"v1.1.4\",\"to\":\"staging\",\"dryRun\":true}");

      assertThat(dry.status()).isEqualTo(200);
      assertThat(dry.texts("gates", "outcome")).containsExactly("simulated");
      assertThat(dry.texts("registries", "name")).containsExactly("primary");
      assertThat(running.service().lines().of(Running.ARTIFACT).openPromotions()).isEmpty();
      Reply real =
          running.post(
              PROMOTIONS,
              DANA,
              "{\"version\":\"v1.1.4\",\"to\":\"staging\",\"plan\":\"%s\"}"
                  .formatted(dry.text("planHash")));
      assertThat(real.status()).isEqualTo(202);
      cancel(real.text("id"));
    }

    @Test
    @Requirement("338.3")
    void as_a_dry_run_is_refused_like_the_real_one() throws Exception {
      published("v1.1.5");

      Reply dry =
          running.post(
              PROMOTIONS, DANA, "{\"version\":\"v1.1.5\",\"to\":\"prod\",\"dryRun\":true}");

      assertThat(dry.status()).isEqualTo(409);
      assertThat(dry.texts("blockedBy", "code")).containsExactly("skipped-environment");
    }

    @Test
    @Requirement("330.9")
    void is_cancelled_by_the_requester_alone() throws Exception {
      published("v1.1.6");
      String id =
          running.post(PROMOTIONS, DANA, "{\"version\":\"v1.1.6\",\"to\":\"staging\"}").text("id");

      Reply refused = running.post(PROMOTIONS + "/" + id + "/cancel", "eve@acme.com", "{}");
      assertThat(refused.status()).isEqualTo(403);
      Reply done = running.post(PROMOTIONS + "/" + id + "/cancel", DANA, "{\"reason\":\"no\"}");
      assertThat(done.status()).isEqualTo(202);
      assertThat(done.text("state")).isEqualTo("cancelled");
      Reply unknown = running.post(PROMOTIONS + "/req-none/cancel", DANA, "{}");
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.text("code")).isEqualTo("unknown-promotion");
    }

    private void cancel(String id) throws Exception {
      assertThat(running.post(PROMOTIONS + "/" + id + "/cancel", DANA, "{}").status())
          .isEqualTo(202);
    }

    private void published(String version) throws Exception {
      running.pushed(version + "-dev");
      assertThat(running.post(VERSIONS, DANA, "{\"version\":\"%s\"}".formatted(version)).status())
          .isEqualTo(202);
    }
  }

  @Nested
  @Requirement("326.5")
  class The_manifest {

    @Test
    void that_is_wrong_is_refused_with_line_and_fix() throws Exception {
      Reply reply =
          running.put(MANIFEST, Running.OWNER, running.manifest().replace("path:", "paht:"));

      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.text("code")).isEqualTo("invalid-manifest");
      var problem = reply.body().member("extra").orElseThrow().elements("problems").getFirst();
      assertThat(problem.whole("line").orElse(0)).isEqualTo(12);
      assertThat(problem.text("hint").orElse("")).contains("path");
      assertThat(running.service().rules()).isPresent();
    }

    @Test
    @Requirement("D.5")
    void with_a_setting_that_nothing_acts_on_is_refused_as_not_supported_yet() throws Exception {
      Reply reply =
          running.put(
              MANIFEST, Running.OWNER, running.manifest() + "audit: {alerts: [override_used]}\n");

      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.text("code")).isEqualTo("not-supported-yet");
      var problem = reply.body().member("extra").orElseThrow().elements("problems").getFirst();
      assertThat(problem.text("code").orElse("")).isEqualTo("not-supported-yet");
      assertThat(problem.text("severity").orElse("")).isEqualTo("error");
      assertThat(problem.text("message").orElse("")).startsWith("audit.alerts");
    }

    @Test
    void that_no_command_can_hold_is_told_how_large_it_may_be() throws Exception {
      var teams = new StringBuilder();
      for (int i = 0; i < 700; i++) {
        teams.append("  team-%d: {members: [%s%d@acme.com]}\n".formatted(i, "x".repeat(90), i));
      }
      long before = files();

      Reply reply =
          running.put(
              MANIFEST, Running.OWNER, running.manifest().replace("teams:\n", "teams:\n" + teams));

      assertThat(reply.status()).as(reply.toString()).isEqualTo(413);
      assertThat(reply.text("code")).isEqualTo("too-large");
      assertThat(reply.text("detail")).contains("57,344");
      assertThat(files()).isEqualTo(before);
    }

    @Test
    void is_not_for_everybody_to_change() throws Exception {
      String other = running.manifest() + "gates: {require_isolation: true}\n";
      long before = files();

      Reply reply = running.put(MANIFEST, DANA, other);

      assertThat(reply.status()).isEqualTo(403);
      assertThat(files()).isEqualTo(before);
    }

    @Test
    void in_force_is_the_one_that_decides_at_once_and_is_kept_whole() throws Exception {
      String other = running.manifest().replace("[policy_compliance]", "[]");

      Reply slip = running.put(MANIFEST, Running.OWNER, other);
      assertThat(slip.text("code")).isEqualTo("invalid-manifest");
      assertThat(slip.text("detail")).contains("no gates");
      Reply reply = running.put(MANIFEST + "?allowEmpty=true", Running.OWNER, other);

      assertThat(reply.status()).isEqualTo(200);
      long revision = reply.body().whole("revision").orElse(0);
      assertThat(reply.header("ETag")).contains("\"%d\"".formatted(revision));
      var rules = running.service().rules().orElseThrow();
      assertThat(rules.revision()).isEqualTo((int) revision);
      assertThat(rules.manifest().promotion().validationGates()).isEmpty();
      Path kept = running.manifests().resolve(reply.text("sha256") + ".yaml");
      assertThat(kept).content().isEqualTo(other);

      Reply stale = running.put(MANIFEST, Running.OWNER, running.manifest(), "If-Match", "\"0\"");
      assertThat(stale.status()).isEqualTo(412);
      Reply back =
          running.put(
              MANIFEST, Running.OWNER, running.manifest(), "If-Match", "\"" + revision + "\"");
      assertThat(back.status()).isEqualTo(200);
      Reply same = running.put(MANIFEST, Running.OWNER, running.manifest());
      assertThat(same.body().whole("revision").orElse(0)).isEqualTo(revision + 1);
    }

    private long files() throws Exception {
      try (var list = Files.list(running.manifests())) {
        return list.count();
      }
    }
  }

  @Test
  void nobody_comes_in_without_a_token() throws Exception {
    for (String path : List.of(PROMOTIONS, PROMOTIONS + "/x/cancel", VERSIONS)) {
      assertThat(running.post(path, "", "{}").status()).isEqualTo(401);
    }
    assertThat(running.put(MANIFEST, "", "x").status()).isEqualTo(401);
  }
}
