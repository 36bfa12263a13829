package dev.floe.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Loopback is not trust: what a process without the password can and cannot do. */
class StrangersAtTheBrokerTest {
  private static final String COMMANDS = "floe.promotion.commands";
  private static final String EVENTS = "floe.promotion.events";
  private static final String OTHER = "payroll";
  private static KafkaBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = KafkaBroker.inTemporaryFolder();
    Clients.create(broker, COMMANDS, EVENTS, OTHER);
    Clients.send(broker.servicesConfig(), EVENTS, "fact");
    Clients.send(broker.servicesConfig(), OTHER, "secret");
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void a_stranger_reads_every_floe_topic() {
    assertThat(Clients.readAll(Clients.stranger(broker), EVENTS)).containsExactly("fact");
  }

  @Test
  void a_stranger_reads_a_topic_that_was_opened_whether_it_was_there_or_not() throws Exception {
    Clients.create(broker, "ci.there");
    broker.openForReading(List.of("ci.there", "ci.new"));
    broker.openForReading(List.of("ci.there", "ci.new"));

    for (String topic : List.of("ci.there", "ci.new")) {
      Clients.send(broker.servicesConfig(), topic, "answer");
      assertThat(Clients.readAll(Clients.stranger(broker), topic)).containsExactly("answer");
      assertThatThrownBy(() -> Clients.send(Clients.stranger(broker), topic, "forged"))
          .hasRootCauseInstanceOf(org.apache.kafka.common.errors.TopicAuthorizationException.class);
    }
  }

  @Test
  void a_stranger_has_no_group_not_even_one_of_their_own_so_that_none_fills_the_brokers_memory() {
    Map<TopicPartition, OffsetAndMetadata> ahead =
        Map.of(new TopicPartition(EVENTS, 0), new OffsetAndMetadata(1));
    for (String group : List.of("their-own", "notifier", "promotion-service-reactions")) {
      try (var consumer = Clients.consumer(Clients.stranger(broker), "group.id", group)) {
        assertThatThrownBy(() -> consumer.commitSync(ahead))
            .isInstanceOf(GroupAuthorizationException.class);
        consumer.subscribe(List.of(EVENTS));
        assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(10)))
            .isInstanceOf(GroupAuthorizationException.class);
      }
    }
  }

  @Test
  void a_stranger_sends_commands() throws Exception {
    Clients.send(Clients.stranger(broker), COMMANDS, "please");
    assertThat(Clients.readAll(broker.servicesConfig(), COMMANDS)).contains("please");
  }

  @Test
  void a_stranger_writes_nowhere_else() {
    for (String topic : List.of(EVENTS, OTHER, "__consumer_offsets")) {
      assertThatThrownBy(() -> Clients.send(Clients.stranger(broker), topic, "forged"))
          .as(topic)
          .hasCauseInstanceOf(AuthorizationException.class);
    }
    assertThat(Clients.readAll(broker.servicesConfig(), EVENTS)).containsExactly("fact");
  }

  @Test
  void a_stranger_reads_nothing_else() {
    assertThatThrownBy(() -> Clients.readAll(Clients.stranger(broker), OTHER))
        .isInstanceOf(AuthorizationException.class);
  }

  @Test
  void a_stranger_cannot_fence_a_service_by_its_transactional_id() {
    try (var producer =
        Clients.producer(Clients.stranger(broker), "transactional.id", "promotion-service-0")) {
      assertThatThrownBy(producer::initTransactions)
          .isInstanceOf(TransactionalIdAuthorizationException.class);
    }
  }

  @Test
  void a_stranger_changes_nothing_of_a_topic() {
    var partition = new TopicPartition(COMMANDS, 0);
    var retention =
        new AlterConfigOp(new ConfigEntry("retention.ms", "1"), AlterConfigOp.OpType.SET);
    var topic = new ConfigResource(ConfigResource.Type.TOPIC, COMMANDS);
    try (Admin admin = Clients.admin(Clients.stranger(broker))) {
      refused(admin.createTopics(List.of(new NewTopic("floe.new", 1, (short) 1))).all());
      refused(admin.deleteTopics(List.of(COMMANDS)).all());
      refused(admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(-1))).all());
      refused(admin.incrementalAlterConfigs(Map.of(topic, List.of(retention))).all());
      refused(admin.createPartitions(Map.of(COMMANDS, NewPartitions.increaseTo(5))).all());
    }
  }

  @Test
  void a_stranger_neither_sees_nor_changes_who_may_do_what() {
    try (Admin admin = Clients.admin(Clients.stranger(broker))) {
      refused(admin.describeAcls(AclBindingFilter.ANY).values());
      refused(admin.createAcls(StrangersAccess.bindings()).all());
      refused(admin.deleteAcls(List.of(AclBindingFilter.ANY)).all());
      refused(admin.describeUserScramCredentials().all());
    }
  }

  @Test
  void a_wrong_password_is_refused() {
    Map<String, Object> wrong = new HashMap<>(broker.servicesConfig());
    wrong.put("sasl.jaas.config", BrokerProperties.scramLogin("guessed"));
    try (Admin admin = Clients.admin(wrong)) {
      assertThatThrownBy(() -> admin.listTopics().names().get())
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
  }

  @Test
  void no_password_at_all_is_refused_at_the_services_and_the_controllers_door() throws Exception {
    Object services = broker.servicesConfig().get("bootstrap.servers");
    String controller =
        "127.0.0.1:" + Clients.port(broker.folder().resolve("ports.properties"), "controller");
    for (Map<String, Object> door :
        List.<Map<String, Object>>of(
            Map.of("bootstrap.servers", services), Map.of("bootstrap.controllers", controller))) {
      Map<String, Object> knocking =
          Clients.impatient(door, "request.timeout.ms", "1000", "default.api.timeout.ms", "1000");
      try (Admin admin = Admin.create(knocking)) {
        assertThatThrownBy(() -> admin.describeCluster().nodes().get())
            .as(door.toString())
            .isInstanceOf(ExecutionException.class);
      }
    }
  }

  private static void refused(KafkaFuture<?> answer) {
    assertThatThrownBy(answer::get).hasCauseInstanceOf(AuthorizationException.class);
  }
}
