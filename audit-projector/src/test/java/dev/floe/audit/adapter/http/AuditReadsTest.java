package dev.floe.audit.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.floe.audit.Said;
import dev.floe.audit.Stage;
import dev.floe.audit.Story;
import dev.floe.audit.adapter.http.Client.Answer;
import dev.floe.audit.adapter.http.Client.SentEvent;
import dev.floe.kernel.Requirement;
import dev.floe.messaging.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditReadsTest {

  private static final String USER = "dora@acme.com";
  private static final Stage STAGE = Stage.get();

  private static Server server;
  private static Client client;
  private static Story story;
  private static String failed;
  private static String staged;
  private static Position seen;

  @BeforeAll
  static void begin() throws Exception {
    server = new Server("audit");
    client = server.client();
    story = new Story("trail");
    story.published("v1.2.3");
    failed = story.failedAtGate("v1.2.3", "dev", "staging", "database unreachable");
    staged = story.promoted("v1.2.3", "dev", "staging");
    story.published("v1.2.4");
    seen = STAGE.tell(story.told());
  }

  @AfterAll
  static void end() {
    client.close();
    server.close();
  }

  private static JsonNode search(String query) throws Exception {
    Answer answer = client.get("/api/v1/audit?" + query, USER, "Floe-Position", seen.encode());
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> ids(JsonNode page) {
    return StreamSupport.stream(page.get("entries").spliterator(), false)
        .map(entry -> entry.get("id").asText())
        .toList();
  }

  @Test
  @Requirement({"330.2", "326.7"})
  void an_entry_has_the_names_of_the_source() throws Exception {
    JsonNode entry =
        search("artifact=trail&event=promotion_requested&request=" + staged).get("entries").get(0);

    assertThat(entry.get("event").asText()).isEqualTo("promotion_requested");
    assertThat(entry.get("artifact").asText())
        .isEqualTo("oci://127.0.0.1:8080/dev/trail:v1.2.3-dev");
    assertThat(entry.get("from_env").asText()).isEqualTo("dev");
    assertThat(entry.get("to_env").asText()).isEqualTo("staging");
    assertThat(entry.get("user").asText()).isEqualTo(Story.ENGINEER);
    assertThat(entry.get("request_id").asText()).isEqualTo(staged);
    assertThat(entry.get("version").asText()).isEqualTo("v1.2.3");
    assertThat(entry.get("digest").asText()).isEqualTo(Story.digest("v1.2.3"));
    assertThat(entry.get("timestamp").asText()).startsWith("2026-01-15T10:30:");
    assertThat(entry.get("position").asText()).startsWith("floe.promotion.events/");
    assertThat(entry.at("/details/plan/gates/0/name").asText()).isEqualTo("policy_compliance");
    assertThat(entry.has("verdict")).isFalse();
  }

  @Test
  @Requirement("330.9")
  void every_entry_names_somebody() throws Exception {
    search("artifact=trail&limit=1000")
        .get("entries")
        .forEach(entry -> assertThat(entry.get("user").asText()).isNotEmpty());
  }

  @ParameterizedTest
  @Requirement("330.5")
  @CsvSource({
    "artifact=trail, 20",
    "artifact=oci://127.0.0.1:8080/dev/trail:v1.2.3-dev, 20",
    "artifact=trail&version=v1.2.4, 2",
    "artifact=trail&version=v1.2.4-dev, 2",
    "artifact=trail&env=prod, 0",
    "artifact=trail&env=staging&event=gate_failed, 1",
    "artifact=trail&user=engineer@acme.com&event=artifact_published, 2",
    "artifact=trail&user=nobody@acme.com, 0",
    "'artifact=trail&event=gate_failed,gate_passed', 2",
    "artifact=trail&event=GateFailed, 1",
    "artifact=trail&from=2026-01-15T10:30:02Z&to=2026-01-15T10:30:04Z, 2",
    "artifact=trail&to=2026-01-15, 0",
    "artifact=trail&from=2026-01-15, 20",
    "artifact=trail&text=unreachable, 1",
    "artifact=trail&text=database%20-unreachable, 0",
    "artifact=trail&text=%22database%20unreachable%22, 1"
  })
  void is_searched_by(String query, int expected) throws Exception {
    String path = query.replace("oci://127.0.0.1:8080/dev/trail:", "oci:%2F%2Fhost%2Ftrail:");

    assertThat(ids(search(path + "&limit=1000"))).hasSize(expected);
  }

  @Test
  void is_searched_by_request() throws Exception {
    assertThat(ids(search("request=" + failed)))
        .containsExactlyElementsOf(idsAbout(failed).reversed());
  }

  private static List<String> idsAbout(String promotion) {
    return story.told().stream()
        .filter(said -> said.body().toString().contains(promotion))
        .map(Said::id)
        .toList();
  }

  @ParameterizedTest
  @Requirement("330.5")
  @ValueSource(strings = {"asc", "desc"})
  void pages_hold_each_entry_once_while_more_arrive(String order) throws Exception {
    Story growing = new Story("growing-" + order);
    growing.published("v1.0.0");
    growing.promoted("v1.0.0", "dev", "staging");
    List<Said> first = growing.told();
    Position position = STAGE.tell(first);
    client.get("/api/v1/audit", USER, "Floe-Position", position.encode());
    String query = "artifact=growing-%s&order=%s&limit=4".formatted(order, order);
    List<String> found = new ArrayList<>();
    String cursor = "";
    int told = first.size();
    do {
      JsonNode page = search(query + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      found.addAll(ids(page));
      cursor = page.get("next").isNull() ? "" : page.get("next").asText();
      if (growing.told().size() < 30) {
        growing.promoted("v1.0.0", "staging", "prod");
        position = STAGE.tell(growing.told().subList(told, growing.told().size()));
        client.get("/api/v1/audit", USER, "Floe-Position", position.encode());
        told = growing.told().size();
      }
    } while (!cursor.isEmpty());

    List<String> all = growing.told().stream().map(Said::id).toList();
    assertThat(found).doesNotHaveDuplicates();
    if (order.equals("asc")) {
      assertThat(found).containsExactlyElementsOf(all);
    } else {
      assertThat(found).containsExactlyElementsOf(first.stream().map(Said::id).toList().reversed());
    }
  }

  @Test
  void is_followed_live() throws Exception {
    Story later = new Story("tailed");
    later.published("v1.0.0");
    try (var stream = client.stream("/api/v1/audit/stream?artifact=tailed", USER)) {
      STAGE.tell(later.told());

      // They are on two topics, of which the projector may read either first.
      List<SentEvent> events = List.of(stream.next(), stream.next());
      assertThat(events)
          .extracting(SentEvent::name)
          .containsExactlyInAnyOrder("artifact_published", "tags_assigned");
      assertThat(events)
          .allMatch(event -> event.id().equals(event.json().get("position").asText()));
    }
  }

  @Test
  @Requirement("330.6")
  void is_exported_as_json_lines_by_whoever_may() throws Exception {
    String path = "/api/v1/audit/export?artifact=trail";
    client.get("/api/v1/audit", USER, "Floe-Position", seen.encode());

    assertThat(client.get(path, USER).status()).isEqualTo(403);
    Answer answer = client.get(path, Stage.OWNER);
    assertThat(answer.status()).isEqualTo(200);
    List<String> lines = answer.body().lines().toList();
    assertThat(lines).hasSize(story.told().size());
    assertThat(new ObjectMapper().readTree(lines.getFirst()).get("event").asText())
        .isEqualTo("artifact_published");
    String position = new ObjectMapper().readTree(lines.get(9)).get("position").asText();
    assertThat(client.get(path + "&after=" + position, Stage.OWNER).body().lines())
        .containsExactlyElementsOf(lines.subList(10, lines.size()));
  }

  @Test
  @Requirement("330.6")
  void is_exported_as_comma_separated_values() throws Exception {
    client.get("/api/v1/audit", USER, "Floe-Position", seen.encode());
    Answer answer = client.get("/api/v1/audit/export?artifact=trail&format=csv", Stage.OWNER);

    assertThat(answer.header("Content-Type")).startsWith("text/csv");
    List<String> lines = answer.body().lines().toList();
    assertThat(lines.getFirst())
        .isEqualTo(
            "timestamp,event,artifact,version,digest,from_env,to_env,user,request_id,id,position,details");
    assertThat(lines).hasSize(story.told().size() + 1);
    assertThat(client.get("/api/v1/audit/export?format=xml", Stage.OWNER).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      value = {
        "plain|plain",
        "=1+1|'=1+1",
        "+1|'+1",
        "-1|'-1",
        "@SUM(A1)|'@SUM(A1)",
        "a,b|\"a,b\"",
        "=a,\"b\"|\"'=a,\"\"b\"\"\""
      })
  void a_field_is_no_formula_and_ends_where_it_should(String value, String expected) {
    assertThat(Csv.field(value)).isEqualTo(expected);
  }
}
