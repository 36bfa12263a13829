package dev.floe.embedded.kafka;

import dev.floe.embedded.folder.CannotStartException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** All that is used of Kafka's inside, which promises no compatibility: format, start, stop. */
final class KraftNode {
  private final BrokerProperties properties;
  private @Nullable KafkaRaftServer server;

  KraftNode(BrokerProperties properties) {
    this.properties = properties;
  }

  static boolean isFormatted(Path log) {
    return Files.exists(log.resolve("meta.properties"));
  }

  void start() {
    try {
      if (!isFormatted(properties.log())) {
        format();
      }
      KafkaRaftServer starting =
          new KafkaRaftServer(KafkaConfig.fromProps(asProperties(properties.asMap())), Time.SYSTEM);
      server = starting;
      starting.startup();
    } catch (Exception e) {
      stop();
      throw translated(e);
    }
  }

  private void format() throws Exception {
    Files.createDirectories(properties.log());
    try (PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(nowhere)
          .setNodeId(BrokerProperties.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setDirectories(List.of(properties.log().toString()))
          .setMetadataLogDirectory(properties.log().toString())
          .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setScramArguments(
              List.of(
                  "%s=[name=%s,password=%s]"
                      .formatted(
                          BrokerProperties.SCRAM,
                          KafkaBroker.SERVICES_USER,
                          properties.servicesPassword())))
          .run();
    }
  }

  private static Properties asProperties(Map<String, String> map) {
    Properties properties = new Properties();
    properties.putAll(map);
    return properties;
  }

  private RuntimeException translated(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return new PortTakenException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
      }
    }
    return new CannotStartException(
        "Kafka cannot start on %s (%s)".formatted(properties.log(), e), e);
  }

  /** Also right when the start failed half-way. */
  void stop() {
    KafkaRaftServer running = server;
    if (running != null) {
      server = null;
      running.shutdown();
      running.awaitShutdown();
    }
  }
}
