package dev.floe.embedded.kafka;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The server.properties of the one node: its listeners, its passwords and one node's settings. */
record BrokerProperties(
    Path log,
    int publicPort,
    int servicesPort,
    int controllerPort,
    String servicesPassword,
    String controllerPassword,
    StrangersLimits strangers) {
  static final int NODE_ID = 1;
  static final String SCRAM = "SCRAM-SHA-512";
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  private static final String PLAIN = "PLAIN";
  private static final String CONTROLLER_USER = "floe-controller";

  String publicBootstrap() {
    return "127.0.0.1:" + publicPort;
  }

  String servicesBootstrap() {
    return "127.0.0.1:" + servicesPort;
  }

  static String scramLogin(String password) {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
        .formatted(KafkaBroker.SERVICES_USER, password);
  }

  Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("process.roles", "broker,controller");
    map.put("node.id", Integer.toString(NODE_ID));
    map.put("log.dirs", log.toString());
    listeners(map);
    authentication(map);
    authorization(map);
    oneNode(map);
    small(map);
    map.putAll(strangers.properties());
    return map;
  }

  private void listeners(Map<String, String> map) {
    String open = "SERVICES://%s,PUBLIC://%s".formatted(servicesBootstrap(), publicBootstrap());
    map.put("listeners", open + ",CONTROLLER://127.0.0.1:" + controllerPort);
    map.put("advertised.listeners", open);
    map.put("controller.listener.names", CONTROLLER_LISTENER);
    map.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    map.put("inter.broker.listener.name", "SERVICES");
    map.put(
        "listener.security.protocol.map",
        "SERVICES:SASL_PLAINTEXT,PUBLIC:PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
  }

  private void authentication(Map<String, String> map) {
    // SCRAM for what is open for years: who listens on a stopped broker's port learns nothing.
    map.put("listener.name.services.sasl.enabled.mechanisms", SCRAM);
    map.put("listener.name.services.scram-sha-512.sasl.jaas.config", scramLogin(servicesPassword));
    map.put("sasl.mechanism.inter.broker.protocol", SCRAM);
    // The controller cannot use SCRAM, whose secrets are in the log it has not read yet.
    map.put("listener.name.controller.sasl.enabled.mechanisms", PLAIN);
    map.put("sasl.mechanism.controller.protocol", PLAIN);
    map.put(
        "listener.name.controller.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%1$s\" password=\"%2$s\" user_%1$s=\"%2$s\";"
            .formatted(CONTROLLER_USER, controllerPassword));
  }

  private static void authorization(Map<String, String> map) {
    map.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    map.put("allow.everyone.if.no.acl.found", "false");
    map.put("super.users", "User:%s;User:%s".formatted(KafkaBroker.SERVICES_USER, CONTROLLER_USER));
    map.put("auto.create.topics.enable", "false");
  }

  private static void oneNode(Map<String, String> map) {
    for (String topic : new String[] {"offsets.topic", "transaction.state.log"}) {
      map.put(topic + ".num.partitions", "4");
      map.put(topic + ".replication.factor", "1");
    }
    map.put("transaction.state.log.min.isr", "1");
    map.put("default.replication.factor", "1");
    map.put("min.insync.replicas", "1");
    map.put("group.initial.rebalance.delay.ms", "0");
    // Share groups would have strangers create a state topic.
    map.put("group.coordinator.rebalance.protocols", "classic,consumer");
    // After kill -9 the node waits for its own former session to end.
    map.put("broker.session.timeout.ms", "4000");
    map.put("broker.heartbeat.interval.ms", "500");
    // A service that had nothing to write for a week must not find its producer forgotten.
    map.put("transactional.id.expiration.ms", Integer.toString(Integer.MAX_VALUE));
  }

  private static void small(Map<String, String> map) {
    map.put("num.network.threads", "2");
    map.put("num.io.threads", "4");
    map.put("num.replica.fetchers", "1");
    map.put("background.threads", "2");
    map.put("group.coordinator.threads", "1");
    map.put("log.cleaner.threads", "1");
    map.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    // Two files of that size for each partition, though sparse ones: the usual 10 MiB alarm people.
    map.put("log.index.size.max.bytes", Integer.toString(512 << 10));
    map.put("message.max.bytes", Integer.toString((1 << 20) + 12));
  }
}
