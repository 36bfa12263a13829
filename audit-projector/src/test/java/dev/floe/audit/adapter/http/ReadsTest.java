package dev.floe.audit.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.floe.audit.Said;
import dev.floe.audit.Stage;
import dev.floe.audit.Story;
import dev.floe.audit.adapter.http.Client.Answer;
import dev.floe.audit.adapter.http.Client.SentEvent;
import dev.floe.kernel.Requirement;
import dev.floe.kernel.Rfc3339;
import dev.floe.messaging.Position;
import dev.floe.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadsTest {

  private static final String USER = "dora@acme.com";
  private static final Stage STAGE = Stage.get();

  private static Server server;
  private static Client client;
  private static String staged;
  private static String waiting;
  private static Story shop;
  private static String position;

  @BeforeAll
  static void begin() throws Exception {
    server = new Server("reads");
    client = server.client();
    shop = new Story("shop");
    shop.published("v1.2.2");
    shop.promoted("v1.2.2", "dev", "staging");
    shop.promoted("v1.2.2", "staging", "prod");
    shop.published("v1.2.3");
    staged = shop.promoted("v1.2.3", "dev", "staging");
    waiting = shop.requested("v1.2.3", "staging", "prod");
    shop.passed(waiting, "v1.2.3", "staging", "prod", 1);
    shop.asked(waiting, "v1.2.3", "staging", "prod");
    shop.granted(waiting, "v1.2.3", "staging", "prod", "security", "cleo@acme.com");
    shop.refused("v9.9.9", "staging", "unknown-version");
    STAGE.tell(shop.told());
    position =
        Stream.of(Topics.PROMOTION_EVENTS, Topics.APPROVAL_EVENTS, Topics.REGISTRY_EVENTS)
            .map(
                topic ->
                    new Position(
                            topic.name(),
                            "shop",
                            shop.told().stream().filter(s -> s.topic().equals(topic)).count())
                        .encode())
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();
  }

  @AfterAll
  static void end() {
    client.close();
    server.close();
  }

  private static JsonNode get(String path) throws Exception {
    Answer answer = client.get(path, USER, "Floe-Position", position);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> values(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(each -> each.path(field).asText())
        .toList();
  }

  private static List<String> fields(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Nested
  class A_promotion {

    @Test
    @Requirement("335.1")
    void is_shown_in_the_shape_of_the_contract() throws Exception {
      JsonNode promotion = get("/api/v1/promotions/" + waiting);

      assertThat(fields(promotion))
          .contains(
              "id",
              "kind",
              "artifact",
              "version",
              "digest",
              "from",
              "to",
              "state",
              "requestedBy",
              "requestedAt",
              "updatedAt",
              "dryRun",
              "planHash",
              "manifestRevision",
              "gates",
              "approval",
              "registries",
              "tags",
              "blockedBy");
      assertThat(promotion.get("state").asText()).isEqualTo("awaiting_approval");
      assertThat(promotion.get("kind").asText()).isEqualTo("promotion");
      assertThat(fields(promotion.get("gates").get(0)))
          .contains("name", "phase", "outcome", "durationMs", "exitCode", "output", "hint");
      JsonNode approval = promotion.get("approval");
      assertThat(fields(approval)).contains("id", "state", "expiresAt", "teams", "deniedBy");
      assertThat(approval.get("teams").get(1).toString())
          .startsWith(
              "{\"team\":\"security\",\"required\":1,\"approvals\":[{\"by\":\"cleo@acme.com\",\"at\":\"")
          .endsWith("\",\"via\":\"cli\",\"reason\":\"looks good\"}]}");
      assertThat(fields(promotion.get("registries").get(0)))
          .contains("name", "ref", "state", "bytes");
    }

    @Test
    void that_nobody_asked_for_is_a_problem() throws Exception {
      Answer answer = client.get("/api/v1/promotions/req-nothing", USER);

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
      assertThat(answer.json().get("code").asText()).isEqualTo("unknown-promotion");
    }

    @Test
    void is_listed_newest_first_page_by_page() throws Exception {
      JsonNode first = get("/api/v1/promotions?artifact=shop&limit=2");
      JsonNode second =
          get("/api/v1/promotions?artifact=shop&limit=10&cursor=" + first.get("next").asText());

      assertThat(values(first.get("promotions"), "state"))
          .containsExactly("refused", "awaiting_approval");
      assertThat(values(second.get("promotions"), "state"))
          .containsExactly("succeeded", "succeeded", "succeeded");
      assertThat(second.get("next").isNull()).isTrue();
    }

    @Test
    void is_found_by_its_state() throws Exception {
      JsonNode page = get("/api/v1/promotions?artifact=shop&state=awaiting_approval");

      assertThat(values(page.get("promotions"), "id")).containsExactly(waiting);
    }

    @Test
    void that_ended_is_streamed_whole_and_the_stream_ends() throws Exception {
      get("/api/v1/promotions/" + staged);
      try (var stream = client.stream("/api/v1/promotions/" + staged + "/events", USER)) {
        List<SentEvent> events = stream.rest();

        List<String> told =
            shop.told().stream()
                .filter(said -> said.body().toString().contains(staged))
                .map(Said::id)
                .toList();
        assertThat(events)
            .filteredOn(event -> !event.name().equals("promotion"))
            .extracting(event -> event.json().get("id").asText())
            .containsExactlyInAnyOrderElementsOf(told);
        assertThat(events.getFirst().id()).startsWith("floe.");
        assertThat(events.getLast().name()).isEqualTo("promotion");
        assertThat(events.getLast().json().get("state").asText()).isEqualTo("succeeded");
        assertThat(events).extracting(SentEvent::name).contains("promotion_requested");
      }
    }

    @Test
    @Requirement("326.7")
    void that_goes_on_is_streamed_live_to_its_end() throws Exception {
      Story story = new Story("live");
      story.published("v1.0.0");
      String id = story.requested("v1.0.0", "dev", "staging");
      List<Said> begun = story.told();
      Position seen = STAGE.tell(begun);
      client.get("/api/v1/promotions/" + id, USER, "Floe-Position", seen.encode());
      try (var stream = client.stream("/api/v1/promotions/" + id + "/events", USER)) {
        assertThat(stream.next().name()).isEqualTo("promotion_requested");
        assertThat(stream.next().json().get("state").asText()).isEqualTo("requested");
        story.passed(id, "v1.0.0", "dev", "staging", 1);
        story.copied(id, "v1.0.0", "dev", "staging");
        story.succeeded(id, "v1.0.0", "dev", "staging");
        List<Said> whole = story.told();
        STAGE.tell(whole.subList(begun.size(), whole.size()));

        SentEvent last = stream.rest().getLast();
        assertThat(last.json().get("state").asText()).isEqualTo("succeeded");
        assertThat(last.json().get("gates").get(0).get("outcome").asText()).isEqualTo("passed");
      }
    }

    @Test
    void is_streamed_on_from_where_a_client_was_cut_off() throws Exception {
      get("/api/v1/promotions/" + staged);
      List<SentEvent> all;
      try (var stream = client.stream("/api/v1/promotions/" + staged + "/events", USER)) {
        all = stream.rest();
      }
      String path = "/api/v1/promotions/" + staged + "/events";
      try (var stream = client.stream(path, USER, "Last-Event-ID", all.get(4).id())) {
        assertThat(stream.rest())
            .filteredOn(event -> !event.name().equals("promotion"))
            .extracting(SentEvent::id)
            .doesNotContain(all.get(0).id(), all.get(4).id())
            .hasSize((all.size() - 6) / 2);
      }
    }
  }

  @Nested
  class An_approval {

    @Test
    @Requirement("329.5")
    void is_found_by_version_and_environment() throws Exception {
      JsonNode found = get("/api/v1/approvals?version=v1.2.3-staging&env=prod&state=pending");

      assertThat(values(found.get("approvals"), "id")).containsExactly(waiting);
      assertThat(fields(found.get("approvals").get(0)))
          .contains(
              "id",
              "promotion",
              "artifact",
              "version",
              "digest",
              "to",
              "state",
              "requestedBy",
              "expiresAt",
              "teams",
              "deniedBy");
    }

    @Test
    void is_mine_where_my_word_is_still_wanted() throws Exception {
      String path = "/api/v1/approvals?mine=true";
      get(path);

      assertThat(values(client.get(path, "ada@acme.com").json().get("approvals"), "id"))
          .containsExactly(waiting);
      assertThat(client.get(path, "cleo@acme.com").json().get("approvals")).isEmpty();
      assertThat(client.get(path, USER).json().get("approvals")).isEmpty();
    }

    @Test
    void is_shown_by_its_id_and_unknown_without() throws Exception {
      assertThat(get("/api/v1/approvals/" + waiting).get("to").asText()).isEqualTo("prod");
      assertThat(client.get("/api/v1/approvals/req-nothing", USER).json().get("code").asText())
          .isEqualTo("unknown-approval");
    }
  }

  @Nested
  class The_status {

    @Test
    @Requirement("335.1")
    void has_the_shape_of_the_contract() throws Exception {
      JsonNode status = get("/api/v1/status?artifact=shop");

      assertThat(fields(status)).containsExactly("artifact", "at", "lagMs", "environments");
      assertThat(values(status.get("environments"), "environment"))
          .containsExactly("dev", "staging", "prod");
      JsonNode prod = status.get("environments").get(2);
      assertThat(fields(prod))
          .contains(
              "environment",
              "current",
              "health",
              "reasons",
              "updatedAt",
              "promotedFrom",
              "rolledBackFrom",
              "latestAvailable",
              "approvers",
              "registries",
              "pending",
              "locks",
              "history");
      assertThat(prod.get("health").asText()).isEqualTo("warning");
      assertThat(prod.get("latestAvailable").asText()).isEqualTo("v1.2.3");
      assertThat(prod.get("pending").get(0).get("waitingFor").toString())
          .isEqualTo("[\"platform-leads\"]");
    }

    @Test
    void of_one_environment_is_that_alone_and_of_none_a_problem() throws Exception {
      assertThat(
              values(get("/api/v1/status/prod?artifact=shop").get("environments"), "environment"))
          .containsExactly("prod");
      assertThat(
              client.get("/api/v1/status/nowhere?artifact=shop", USER).json().get("code").asText())
          .isEqualTo("unknown-environment");
    }

    @Test
    @Requirement("335.6")
    void of_an_earlier_time_is_what_it_was_then() throws Exception {
      JsonNode then = get("/api/v1/status/prod?artifact=shop&at=" + Story.BEGIN.plusSeconds(10));

      assertThat(then.get("environments").get(0).get("current").isNull()).isTrue();
      assertThat(then.get("at").asText()).isEqualTo(Rfc3339.text(Story.BEGIN.plusSeconds(10)));
    }

    @Test
    @Requirement("335.1")
    void is_streamed_whenever_it_changes() throws Exception {
      Story story = new Story("watched");
      story.published("v1.0.0");
      try (var stream = client.stream("/api/v1/status/stream?artifact=watched", USER)) {
        JsonNode before = stream.next().json().get("environments").get(0);
        assertThat(before.get("current").isNull()).isTrue();
        STAGE.tell(story.told());

        SentEvent event = stream.next();
        assertThat(event.name()).isEqualTo("status");
        assertThat(event.json().at("/environments/0/current/version").asText()).isEqualTo("v1.0.0");
      }
    }
  }

  @Nested
  class Versions_are {

    @Test
    @Requirement("327.5")
    void listed_newest_first_by_environment_and_constraint() throws Exception {
      String path = "/api/v1/artifacts/shop/versions";

      assertThat(values(get(path).get("versions"), "version")).containsExactly("v1.2.3", "v1.2.2");
      assertThat(values(get(path + "?environment=prod").get("versions"), "version"))
          .containsExactly("v1.2.2");
      assertThat(values(get(path + "?constraint=latest").get("versions"), "version"))
          .containsExactly("v1.2.3");
      assertThat(values(get(path + "?constraint=%3Cv1.2.3").get("versions"), "version"))
          .containsExactly("v1.2.2");
    }

    @Test
    void shown_one_by_one_with_or_without_an_environment() throws Exception {
      JsonNode version = get("/api/v1/artifacts/shop/versions/v1.2.3-staging");

      assertThat(fields(version))
          .contains("version", "digest", "environments", "createdAt", "size", "lifecycle", "tags");
      assertThat(version.get("tags").toString())
          .isEqualTo("[\"v1.2.3-dev\",\"latest-dev\",\"v1.2.3-staging\",\"latest-staging\"]");
    }

    @Test
    @Requirement("335.3")
    void followed_through_the_environments() throws Exception {
      JsonNode timeline = get("/api/v1/artifacts/shop/versions/v1.2.2/timeline");

      assertThat(fields(timeline)).containsExactly("version", "digest", "steps");
      assertThat(fields(timeline.get("steps").get(0)))
          .contains("environment", "event", "at", "by", "durationMs");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/api/v1/artifacts/shop/versions/v4.4.4",
          "/api/v1/artifacts/shop/versions/v4.4.4/timeline"
        })
    void unknown_where_they_were_never_published(String path) throws Exception {
      Answer answer = client.get(path, USER);

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().get("code").asText()).isEqualTo("unknown-version");
    }
  }

  @Nested
  class The_door {

    @Test
    void lets_nobody_in_without_a_token() throws Exception {
      assertThat(client.ask("GET", "/api/v1/status", null).status()).isEqualTo(401);
    }

    @Test
    void lets_no_machine_read_that_the_manifest_does_not_know() throws Exception {
      Answer answer = client.get("/api/v1/status", "signer:stranger");

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.json().get("code").asText()).isEqualTo("not-authorised");
    }

    @Test
    void makes_who_has_seen_more_wait_and_then_says_so() throws Exception {
      String never = new Position(Topics.PROMOTION_EVENTS.name(), "nothing", 7).encode();

      Answer answer = client.get("/api/v1/status", USER, "Floe-Position", never);

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(answer.json().get("code").asText()).isEqualTo("not-ready");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "AC8ALzE"})
    void takes_no_position_that_it_never_gave(String position) throws Exception {
      Answer answer = client.get("/api/v1/status", USER, "Floe-Position", position);

      assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void names_who_is_asking() throws Exception {
      assertThat(client.get("/api/v1/whoami", "ada@acme.com").body())
          .isEqualTo(
              "{\"user\":\"ada@acme.com\",\"kind\":\"user\",\"teams\":[\"platform-leads\"]}");
    }

    @Test
    void shows_the_manifest_in_force_with_its_revision() throws Exception {
      Answer answer = client.get("/api/v1/manifest", USER);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("ETag")).isEqualTo("\"1\"");
      assertThat(answer.json().get("revision").asInt()).isEqualTo(1);
      assertThat(answer.json().at("/manifest/environments/prod").isMissingNode()).isFalse();
      assertThat(client.get("/api/v1/manifest?at=2020-01-01", USER).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/api/v1/audit?limit=0",
          "/api/v1/audit?limit=many",
          "/api/v1/audit?from=yesterday",
          "/api/v1/audit?cursor=x",
          "/api/v1/audit?order=up",
          "/api/v1/audit?version=1.2",
          "/api/v1/audit?version=",
          "/api/v1/audit?env=",
          "/api/v1/audit?text=",
          "/api/v1/audit?limit=1&limit=2",
          "/api/v1/audit?vesrion=v1.2.3",
          "/api/v1/audit?event=promotion_requestd",
          "/api/v1/audit?event=promotion_requested,",
          "/api/v1/audit/stream?event=nothing",
          "/api/v1/promotions?state=waiting",
          "/api/v1/promotions?state=FAILED",
          "/api/v1/approvals?state=open",
          "/api/v1/audit?user=a%E2%80%AEb",
          "/api/v1/promotions/a%20b",
          "/api/v1/artifacts/Shop/versions",
          "/api/v1/artifacts/shop/versions/%E2%80%AE",
          "/api/v1/promotions?cursor=eA",
          "/api/v1/approvals?mine=perhaps",
          "/api/v1/status?at=noon",
          "/api/v1/status?at=%2B999999999-12-31T00:00:00Z",
          "/api/v1/status/a%00b",
          "/api/v1/audit?text=a%00b",
          "/api/v1/promotions/a%00b/events",
          "/api/v1/artifacts/a%00b/versions",
          "/api/v1/artifacts/shop/versions?constraint=~1"
        })
    void refuses_words_that_it_does_not_understand(String path) throws Exception {
      Answer answer = client.get(path, USER);

      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
      assertThat(answer.json().get("hint").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @Requirement("335.8")
    @CsvSource({
      "/api/v1/audit?env=nowhere, unknown-environment",
      "/api/v1/audit?artifact=nothing, unknown-artifact",
      "/api/v1/audit?artifact=shop&version=v4.4.4, unknown-version",
      "/api/v1/audit/stream?env=nowhere, unknown-environment",
      "/api/v1/promotions?env=nowhere, unknown-environment",
      "/api/v1/promotions?artifact=nothing, unknown-artifact",
      "/api/v1/promotions?version=v4.4.4, unknown-version",
      "/api/v1/approvals?env=nowhere, unknown-environment",
      "/api/v1/approvals?artifact=nothing, unknown-artifact",
      "/api/v1/approvals?version=v4.4.4, unknown-version",
      "/api/v1/status?artifact=nothing, unknown-artifact",
      "/api/v1/status?environment=nowhere, unknown-environment",
      "/api/v1/status/nowhere, unknown-environment",
      "/api/v1/status/stream?artifact=nothing, unknown-artifact",
      "/api/v1/status/stream?environment=nowhere, unknown-environment",
      "/api/v1/artifacts/nothing/versions, unknown-artifact",
      "/api/v1/artifacts/nothing/versions/v1.2.3, unknown-artifact",
      "/api/v1/artifacts/shop/versions?environment=nowhere, unknown-environment",
    })
    void never_answers_emptily_what_does_not_exist(String path, String code) throws Exception {
      Answer answer = client.get(path, USER);

      assertThat(answer.json().get("code").asText()).as(answer.body()).isEqualTo(code);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().get("hint").asText()).isNotEmpty();
    }

    @Test
    void says_what_was_probably_meant() throws Exception {
      assertThat(
              client
                  .get("/api/v1/audit?event=promotion_requestd", USER)
                  .json()
                  .get("hint")
                  .asText())
          .contains("did you mean promotion_requested?");
      assertThat(client.get("/api/v1/status/stagin", USER).json().get("hint").asText())
          .contains("did you mean staging?");
      assertThat(client.get("/api/v1/promotions?stat=failed", USER).json().get("hint").asText())
          .contains("Did you mean 'state'?");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/api/v1/audit",
          "/api/v1/promotions",
          "/api/v1/approvals",
          "/api/v1/status",
          "/api/v1/artifacts/shop/versions",
          "/api/v1/manifest"
        })
    void is_open_with_the_permission_to_read_for_all_but_the_export(String path) throws Exception {
      assertThat(client.get(path, USER).status()).isEqualTo(200);
      assertThat(client.get(path, "signer:stranger").status()).isEqualTo(403);
      assertThat(client.get("/api/v1/audit/export", USER).status()).isEqualTo(403);
    }

    @Test
    void lets_only_who_may_configure_fold_everything_anew() throws Exception {
      assertThat(client.ask("POST", "/api/v1/projections/rebuild", USER).status()).isEqualTo(403);
      JsonNode before = get("/api/v1/promotions/" + waiting);

      assertThat(client.ask("POST", "/api/v1/projections/rebuild", Stage.OWNER).status())
          .isEqualTo(202);

      assertThat(get("/api/v1/promotions/" + waiting)).isEqualTo(before);
    }
  }
}
