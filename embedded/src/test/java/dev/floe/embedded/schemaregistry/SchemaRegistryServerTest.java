package dev.floe.embedded.schemaregistry;

import static dev.floe.embedded.schemaregistry.Rest.ok;
import static dev.floe.embedded.schemaregistry.Rest.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.floe.embedded.folder.CannotStartException;
import dev.floe.embedded.kafka.KafkaBroker;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Confluent's contract, spoken to a registry on a real Kafka. */
class SchemaRegistryServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "let me in";
  private static final String V1 = schema("");
  private static final String V2 = schema(",{'name':'b','type':['null','string'],'default':null}");
  private static final String UNFIT = schema(",{'name':'c','type':'string'}");
  private static KafkaBroker broker;
  private static int tests;

  private SchemaRegistryServer registry;
  private Rest rest;
  private String subject = "";

  @BeforeAll
  static void startBroker() {
    broker = KafkaBroker.inTemporaryFolder();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void start() {
    registry = SchemaRegistryServer.start(broker.servicesConfig(), Writers.knowing(TOKEN));
    rest = new Rest(registry);
    subject = "floe.promotion.events-Type" + tests++;
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void a_registered_schema_is_found_by_id_version_and_content() {
    int id = ok(register(subject, V1)).get("id").asInt();

    assertThat(ok(get("/schemas/ids/" + id)).get("schema").asText()).isEqualTo(V1);
    assertThat(ok(get("/schemas/ids/" + id + "/versions")).toString())
        .contains("{\"subject\":\"%s\",\"version\":1}".formatted(subject));
    assertThat(ok(get("/subjects")).toString()).contains(subject);
    assertThat(ok(get("/subjects/" + subject + "/versions"))).hasToString("[1]");
    JsonNode whole = ok(get("/subjects/" + subject + "/versions/1"));
    assertThat(Rest.fields(whole)).containsExactly("subject", "version", "id", "schema");
    assertThat(whole.get("id").asInt()).isEqualTo(id);
    assertThat(ok(get("/subjects/" + subject + "/versions/latest"))).isEqualTo(whole);
    assertThat(ok(get("/subjects/" + subject + "/versions/latest/schema")).toString())
        .isEqualTo(V1);
    assertThat(ok(post("/subjects/" + subject, body(V1), Map.of()))).isEqualTo(whole);
  }

  @Test
  void the_same_schema_is_registered_once_and_has_one_id_in_all_subjects() {
    JsonNode first = ok(register(subject, V1));
    assertThat(ok(register(subject, V1.replace(",", ", ")))).isEqualTo(first);
    assertThat(ok(register(subject + "-other", V1))).isEqualTo(first);
    assertThat(ok(get("/subjects/" + subject + "/versions"))).hasToString("[1]");
  }

  @Test
  void a_restart_brings_back_every_id_version_and_level() {
    int one = registry.register(subject, V1);
    int two = registry.register(subject, V2);
    registry.configure(Optional.of(subject), Level.BACKWARD);
    stop();
    registry = SchemaRegistryServer.start(broker.servicesConfig(), Writers.knowing(TOKEN));

    assertThat(registry.schemaById(one)).isEqualTo(V1);
    assertThat(registry.versions(subject))
        .containsExactly(new Registered(subject, 1, one, V1), new Registered(subject, 2, two, V2));
    assertThat(registry.level(subject)).isEqualTo(Level.BACKWARD);
    assertThat(registry.register(subject, V1)).isEqualTo(one);
    assertThat(registry.register(subject + "-new", "\"int\"")).isGreaterThan(two);
  }

  @Test
  void full_transitive_is_the_default_and_an_unfit_schema_is_refused() {
    assertThat(ok(get("/config")).get("compatibilityLevel").asText()).isEqualTo("FULL_TRANSITIVE");
    ok(register(subject, V1));
    ok(register(subject, V2));
    refused(register(subject, UNFIT), 409, 409);
    assertThat(ok(get("/subjects/" + subject + "/versions"))).hasToString("[1,2]");
  }

  @Test
  void compatibility_is_asked_without_registering() {
    ok(register(subject, V1));
    String path = "/compatibility/subjects/" + subject + "/versions";
    assertThat(ok(post(path + "/latest", body(V2), Map.of())).get("is_compatible").asBoolean())
        .isTrue();
    JsonNode no = ok(post(path + "/1?verbose=true", body(UNFIT), Map.of()));
    assertThat(no.get("is_compatible").asBoolean()).isFalse();
    assertThat(no.get("messages").toString()).contains("READER_FIELD_MISSING_DEFAULT_VALUE");
    assertThat(ok(post(path, body(UNFIT), Map.of())).get("is_compatible").asBoolean()).isFalse();
    refused(post(path + "/7", body(V2), Map.of()), 404, 40402);
    assertThat(ok(get("/subjects/" + subject + "/versions"))).hasToString("[1]");
  }

  @Test
  void a_level_of_its_own_holds_for_one_subject() {
    ok(register(subject, V1));
    refused(get("/config/" + subject), 404, 40408);
    assertThat(ok(get("/config/" + subject + "?defaultToGlobal=true")).toString())
        .contains("FULL_TRANSITIVE");
    var none = "{\"compatibility\":\"NONE\"}";
    assertThat(ok(rest.call("PUT", "/config/" + subject, none, bearer())).toString())
        .isEqualTo(none);
    assertThat(ok(get("/config/" + subject)).get("compatibilityLevel").asText()).isEqualTo("NONE");
    ok(register(subject, UNFIT));
    refused(rest.call("PUT", "/config", "{\"compatibility\":\"SOME\"}", bearer()), 422, 42203);
  }

  @Test
  void what_is_not_there_has_the_codes_clients_know() {
    refused(get("/subjects/nobody/versions"), 404, 40401);
    refused(get("/subjects/nobody/versions/1"), 404, 40401);
    refused(post("/subjects/nobody", body(V1), Map.of()), 404, 40401);
    refused(get("/schemas/ids/4711"), 404, 40403);
    ok(register(subject, V1));
    refused(get("/subjects/" + subject + "/versions/2"), 404, 40402);
    refused(get("/subjects/" + subject + "/versions/zero"), 422, 42202);
    refused(post("/subjects/" + subject, body(V2), Map.of()), 404, 40403);
    for (String nonsense :
        List.of("{\"type\":\"nonsense\"}", schema(",{'name':'b','type':'Unknown'}"), "{", "")) {
      refused(register(subject, nonsense), 422, 42201);
    }
    refused(
        post("/subjects/" + subject + "/versions", "{\"schemaType\":\"JSON\"}", bearer()),
        422,
        42201);
    refused(rest.call("DELETE", "/subjects/" + subject, "", bearer()), 405, 405);
    refused(get("/elsewhere"), 404, 404);
  }

  @Test
  void everyone_reads_and_only_a_token_registers() {
    String path = "/subjects/" + subject + "/versions";
    for (Map<String, String> headers :
        List.<Map<String, String>>of(
            Map.of(),
            Map.of("Authorization", "Bearer guessed"),
            Map.of("Authorization", "Basic " + base64("floe:guessed")),
            Map.of("Authorization", "Basic !"))) {
      refused(post(path, body(V1), headers), 401, 401);
      refused(rest.call("PUT", "/config", "{\"compatibility\":\"NONE\"}", headers), 401, 401);
    }
    assertThat(registry.subjects()).doesNotContain(subject);
    ok(post(path, body(V1), Map.of("authorization", "Basic " + base64("floe:" + TOKEN))));
    ok(get(path));
    assertThat(ok(get("/"))).hasToString("{}");
    assertThat(ok(get("/mode")).get("mode").asText()).isEqualTo("READWRITE");
  }

  @Test
  void a_subject_may_hold_what_a_path_cannot() {
    String odd = subject + "/a+b c";
    ok(register(subject + "%2Fa+b%20c", V1));
    assertThat(registry.subjects()).contains(odd);
  }

  @Test
  void records_of_confluents_registry_are_understood() throws Exception {
    int id = registry.register(subject, V1);
    int deleted = id + 1000;
    String key =
        "{\"keytype\":\"SCHEMA\",\"subject\":\"%s\",\"version\":2,\"magic\":1}".formatted(subject);
    write(
        key,
        JSON.createObjectNode()
            .put("subject", subject)
            .put("version", 2)
            .put("id", deleted)
            .put("schema", V2)
            .put("deleted", true)
            .toString());
    write("{\"keytype\":\"NOOP\",\"magic\":0}", null);
    write("{\"keytype\":\"MODE\",\"subject\":null,\"magic\":0}", "{\"mode\":\"READWRITE\"}");
    String former = subject;
    stop();
    start();
    assertThat(registry.versions(former)).hasSize(1);
    assertThat(registry.schemaById(deleted)).isEqualTo(V2);
    assertThat(registry.register(former, schema(",{'name':'d','type':'int','default':0}")))
        .isEqualTo(deleted + 1);
    assertThat(registry.versions(former).getLast().version()).isEqualTo(3);
  }

  @Test
  void a_topic_that_forgets_is_refused() throws Exception {
    policy("delete");
    try {
      assertThatThrownBy(
              () -> SchemaRegistryServer.start(broker.servicesConfig(), Writers.knowing(TOKEN)))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("cleanup.policy=delete");
    } finally {
      policy("compact");
    }
  }

  private static void write(String key, @Nullable String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            broker.servicesConfig(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(SchemasTopic.NAME, key, value)).get();
    }
  }

  private static void policy(String policy) throws Exception {
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, SchemasTopic.NAME);
    var set =
        new AlterConfigOp(new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(broker.servicesConfig())) {
      admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
    }
  }

  private Response register(String subject, String schema) {
    return post("/subjects/" + subject + "/versions", body(schema), bearer());
  }

  private Response get(String path) {
    return rest.call("GET", path, "", Map.of());
  }

  private Response post(String path, String body, Map<String, String> headers) {
    return rest.call("POST", path, body, headers);
  }

  private static String body(String schema) {
    return JSON.createObjectNode().put("schema", schema).toString();
  }

  private static Map<String, String> bearer() {
    return Map.of("Authorization", "Bearer " + TOKEN);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String schema(String more) {
    return "{'type':'record','name':'Type','namespace':'dev.floe.promotion.v1','fields':[{'name':'a','type':'int'}%s]}"
        .formatted(more)
        .replace('\'', '"');
  }
}
